// The 8042 keyboard controller: the chip between the keyboard's cable and the CPU.
//
// It takes commands and gives answers through two ports, one byte at a time. A byte from the
// keyboard raises IRQ 1 and stays until it is read; until then no other byte comes.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller"]
#pragma once

#include "cpu/port.hpp"

#include <cstdint>

namespace kernel {

template <PortBus Ports>
class KeyboardController {
public:
    constexpr explicit KeyboardController(Ports ports = {}) : ports_{ports} {}

    // Lets the controller raise IRQ 1 for each byte of the keyboard, translated to scan code set 1,
    // and switches the mouse off. Precondition: IRQ 1 is masked, as the controller's answer may
    // raise it too. Returns false if the controller does not answer, or does not stop sending; the
    // PC may not have one.
    [[nodiscard]] bool initialize() {
        // With both devices switched off and old bytes thrown away, the next byte is the answer.
        // Until the controller has taken the second command, the mouse may still send.
        if (!send(command, disable_keyboard) || !send(command, disable_mouse) ||
            !wait_for_bit(input_full, false) || !drain() || !send(command, read_configuration) ||
            !wait_for_bit(output_full, true)) {
            return false;
        }
        const auto configuration = static_cast<std::uint8_t>(
            (read() | keyboard_interrupt | translation) & ~mouse_interrupt);
        return send(command, write_configuration) && send(data, configuration) &&
               send(command, enable_keyboard);
    }

    // Whether there is a byte to read. A handler has to ask: the interrupt may be about a byte that
    // was read already.
    [[nodiscard]] bool has_byte() { return (ports_.read8(status) & output_full) != 0; }

    // Takes the byte, which makes room for the next. Precondition: has_byte().
    [[nodiscard]] std::uint8_t read() { return ports_.read8(data); }

    // How often the status is read before the driver gives up. A read takes about a microsecond, so
    // this is about a second.
    static constexpr unsigned patience = 1'000'000;

    // How many old bytes are thrown away at most. The keyboard's own buffer holds 16.
    static constexpr unsigned most_old_bytes = 32;

private:
    static constexpr Port data{0x60};
    static constexpr Port status{0x64};  // when read
    static constexpr Port command{0x64}; // when written

    static constexpr std::uint8_t output_full = 0b0000'0001; // there is a byte for the CPU
    static constexpr std::uint8_t input_full = 0b0000'0010;  // the CPU's last byte is still there

    static constexpr std::uint8_t read_configuration = 0x20;
    static constexpr std::uint8_t write_configuration = 0x60; // the byte follows at the data port
    static constexpr std::uint8_t disable_mouse = 0xA7;
    static constexpr std::uint8_t disable_keyboard = 0xAD;
    static constexpr std::uint8_t enable_keyboard = 0xAE;

    static constexpr std::uint8_t keyboard_interrupt = 0b0000'0001;
    static constexpr std::uint8_t mouse_interrupt = 0b0000'0010;
    static constexpr std::uint8_t translation = 0b0100'0000; // from the keyboard's set 2 to set 1

    // Waits until this bit of the status is set or clear. False if it does not happen in time.
    bool wait_for_bit(std::uint8_t bit, bool set) {
        for (unsigned reads = patience; reads > 0; --reads) {
            if (((ports_.read8(status) & bit) != 0) == set) {
                return true;
            }
        }
        return false;
    }

    // A byte written before the controller has taken the last one would be lost.
    bool send(Port port, std::uint8_t byte) {
        const bool ready = wait_for_bit(input_full, false);
        if (ready) {
            ports_.write8(port, byte);
        }
        return ready;
    }

    bool drain() {
        for (unsigned bytes = 0; bytes < most_old_bytes && has_byte(); ++bytes) {
            static_cast<void>(read());
        }
        return !has_byte();
    }

    [[no_unique_address]] Ports ports_;
};

} // namespace kernel
