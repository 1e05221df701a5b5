// A keyboard that a test types on.
#pragma once

#include "cpu/port.hpp"

#include <cstdint>

namespace kernel_test {

// Makes the keyboard controller deliver the byte as if it came from a key, with its interrupt.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and
// Auxiliary Device Controller"]
inline void pretend_keyboard_sends(std::uint8_t byte) {
    constexpr kernel::Port data{0x60};
    constexpr kernel::Port status_or_command{0x64};
    constexpr std::uint8_t full = 0b11; // a byte waits in either direction
    constexpr std::uint8_t write_output_buffer = 0xD2;
    while ((kernel::CpuPorts::read8(status_or_command) & full) != 0) {
    }
    kernel::CpuPorts::write8(status_or_command, write_output_buffer);
    while ((kernel::CpuPorts::read8(status_or_command) & full) != 0) {
    }
    kernel::CpuPorts::write8(data, byte);
}

} // namespace kernel_test
