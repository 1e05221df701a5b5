// The 16550 UART behind a PC's serial port. It sends text to the other end of the cable; under QEMU
// that is the terminal.
// [National Semiconductor PC16550D data sheet, "Registers"]
#pragma once

#include "cpu/port.hpp"

#include <cstdint>
#include <string_view>

namespace kernel {

constexpr Port com1{0x3F8};

template <PortBus Ports>
class SerialPort {
public:
    // `base` is the first of the device's eight ports.
    constexpr explicit SerialPort(Port base, Ports ports = {}) : base_{base}, ports_{ports} {}

    // 115,200 baud, 8 data bits, no parity, 1 stop bit, no interrupts.
    void initialize() {
        ports_.write8(base_ + interrupt_enable, 0);
        ports_.write8(base_ + line_control, divisor_access);
        ports_.write8(base_ + divisor_low, 1); // 115,200 / 1
        ports_.write8(base_ + divisor_high, 0);
        ports_.write8(base_ + line_control, eight_data_bits);
        ports_.write8(base_ + modem_control, terminal_ready | request_to_send);
    }

    // '\n' is sent as carriage return and line feed, as terminals expect.
    void write(std::string_view text) {
        for (const char character : text) {
            if (character == '\n') {
                send('\r');
            }
            send(character);
        }
    }

    // How often the line status is read before a byte is dropped: for about five seconds on a PC,
    // where a byte needs 87 microseconds at 115,200 baud. An emulator reads faster, and may have to
    // wait for the program that takes its output.
    static constexpr unsigned patience = 5'000'000;

private:
    // Register numbers. The first two lead to two registers each; the bit divisor_access of the
    // line control selects the divisor's.
    static constexpr std::uint16_t transmitter_holding = 0;
    static constexpr std::uint16_t divisor_low = 0;
    static constexpr std::uint16_t divisor_high = 1;
    static constexpr std::uint16_t interrupt_enable = 1;
    static constexpr std::uint16_t line_control = 3;
    static constexpr std::uint16_t modem_control = 4;
    static constexpr std::uint16_t line_status = 5;

    static constexpr std::uint8_t eight_data_bits = 0b0000'0011;
    static constexpr std::uint8_t divisor_access = 0b1000'0000;
    static constexpr std::uint8_t terminal_ready = 0b0000'0001;
    static constexpr std::uint8_t request_to_send = 0b0000'0010;
    static constexpr std::uint8_t holding_empty = 0b0010'0000;

    // Drops the byte if the device does not take it in time. After that its status is read only
    // once per byte, until it is ready again: a dead device must not slow the kernel down.
    void send(char byte) {
        unsigned reads = dead_ ? 1 : patience;
        while ((ports_.read8(base_ + line_status) & holding_empty) == 0) {
            if (--reads == 0) {
                dead_ = true;
                return;
            }
        }
        dead_ = false;
        ports_.write8(base_ + transmitter_holding, static_cast<std::uint8_t>(byte));
    }

    Port base_;
    [[no_unique_address]] Ports ports_;
    bool dead_ = false;
};

} // namespace kernel
