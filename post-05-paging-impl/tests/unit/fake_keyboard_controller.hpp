// A small 8042. It learns of a write when its status is next looked at, is then busy for some
// looks, and blames the driver for what would be lost on a real one.
#pragma once

#include "devices/keyboard_controller.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

struct FakeKeyboardController {
    static constexpr std::uint16_t data = 0x60;
    static constexpr std::uint16_t status = 0x64; // and commands

    PortLog log;
    std::deque<std::uint8_t> output;
    std::uint8_t configuration = 0b0011'0010; // mouse interrupt on, both ports off
    std::uint8_t self_test_result = 0x55;
    bool self_test_resets = false;
    int looks_busy = 0; // per byte that it is sent

    FakeKeyboardController() {
        log.answer = [this](std::uint16_t port) { return port == data ? read_data() : look(); };
    }

    std::optional<kernel::KeyboardControllerError> initialize() {
        const auto error = kernel::KeyboardController<RecordedPorts>{{&log}}.initialize();
        take_writes();
        return error;
    }

private:
    std::uint8_t look() {
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
        EXPECT_LE(news, 1U) << "two bytes without a look in between";
        EXPECT_TRUE(news == 0 || busy_ == 0) << "a byte on top of the last one";
        for (; taken_ < log.writes.size(); ++taken_) {
            busy_ = looks_busy;
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
        } else if (byte == 0xAA) {
            configuration = self_test_resets ? 0 : configuration;
            output.push_back(self_test_result);
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
