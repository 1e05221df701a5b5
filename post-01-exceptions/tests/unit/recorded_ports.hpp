// A port bus that records the accesses of a driver and answers reads from a function.
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

// Drivers keep a copy of the bus, so the log is outside.
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
