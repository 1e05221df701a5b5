// A port bus that writes down what a driver does and answers reads from a function.
#pragma once

#include "cpu/port.hpp"

#include <functional>
#include <utility>
#include <vector>

struct PortLog {
    std::vector<std::pair<std::uint16_t, std::uint8_t>> writes{}; // port, byte
    std::vector<std::uint16_t> reads{};                           // port
    std::function<std::uint8_t(std::uint16_t)> answer = [](std::uint16_t) { return 0; };
};

// The driver keeps a copy of its ports, so the log lies outside.
struct RecordedPorts {
    PortLog* log;

    std::uint8_t read8(kernel::Port port) {
        log->reads.push_back(static_cast<std::uint16_t>(port));
        return log->answer(static_cast<std::uint16_t>(port));
    }
    void write8(kernel::Port port, std::uint8_t byte) {
        log->writes.emplace_back(static_cast<std::uint16_t>(port), byte);
    }
};

static_assert(kernel::PortBus<RecordedPorts>);
