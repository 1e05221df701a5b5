// A small 8042. It takes a byte when its status is read next, is then busy for some more reads, and
// reports a failure if a real one would lose a byte.
#pragma once

#include "devices/keyboard_controller.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>

struct FakeKeyboardController {
    static constexpr std::uint16_t data = 0x60;
    static constexpr std::uint16_t status = 0x64; // and commands

    PortLog log;
    std::deque<std::uint8_t> output;
    std::uint8_t configuration = 0b0011'0010; // mouse interrupt on, both ports off
    int reads_busy = 0;                       // for each byte that it is sent

    FakeKeyboardController() {
        log.answer = [this](std::uint16_t port) {
            return port == data ? read_data() : read_status();
        };
    }

    bool initialize() {
        const bool works = kernel::KeyboardController<RecordedPorts>{{&log}}.initialize();
        take_writes();
        return works;
    }

private:
    std::uint8_t read_status() {
        take_writes();
        if (busy_ > 0) {
            --busy_;
            return 0b0000'0010;
        }
        return output.empty() ? 0b0000'0000 : 0b0000'0001;
    }

    std::uint8_t read_data() {
        take_writes();
        if (output.empty()) {
            ADD_FAILURE() << "read where there is no byte";
            return 0;
        }
        const std::uint8_t byte = output.front();
        output.pop_front();
        return byte;
    }

    void take_writes() {
        const std::size_t news = log.writes.size() - taken_;
        EXPECT_LE(news, 1U) << "two bytes without reading the status in between";
        EXPECT_TRUE(news == 0 || busy_ == 0) << "a byte on top of the last one";
        for (; taken_ < log.writes.size(); ++taken_) {
            busy_ = reads_busy;
            const auto [port, byte] = log.writes[taken_];
            take(port, byte);
        }
    }

    void take(std::uint16_t port, std::uint8_t byte) {
        if (port == data) {
            EXPECT_TRUE(wants_configuration_) << "a byte for the keyboard itself";
            configuration = byte;
        } else if (byte == 0x20) {
            output.push_back(configuration);
        } else if (byte == 0xAD || byte == 0xAE) {
            configuration =
                static_cast<std::uint8_t>((configuration & ~0x10) | (byte == 0xAD ? 0x10 : 0));
        } else if (byte == 0xA7) {
            configuration |= 0x20;
        }
        wants_configuration_ = port == status && byte == 0x60;
    }

    std::size_t taken_ = 0;
    int busy_ = 0;
    bool wants_configuration_ = false;
};
