// The 8042 keyboard controller: the chip between the keyboard's cable and the CPU.
//
// It takes commands and gives answers through two ports, one byte at a time. A byte from the
// keyboard raises IRQ 1 and stays until it is read; until then no other comes.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller"]
#pragma once

#include "cpu/port.hpp"

#include <cstdint>
#include <optional>

namespace kernel {

enum class KeyboardControllerError : std::uint8_t {
    not_responding,    // takes no byte or gives no answer; there may be no controller
    cannot_be_drained, // has a byte for the CPU however many are read
    fails_self_test,
};

template <PortBus Ports>
class KeyboardController {
public:
    constexpr explicit KeyboardController(Ports ports = {}) : ports_{ports} {}

    // A tested controller that raises IRQ 1 for each byte of the keyboard, translated to scan
    // code set 1, and leaves the mouse off. Needs IRQ 1 masked: the answers may raise it too.
    [[nodiscard]] std::optional<KeyboardControllerError> initialize() {
        using enum KeyboardControllerError;
        // Both devices are silenced first, so that a byte that comes is an answer.
        if (!send(command, disable_keyboard) || !send(command, disable_mouse) || !is_ready()) {
            return not_responding;
        }
        if (!drain()) {
            return cannot_be_drained;
        }
        const std::optional<std::uint8_t> before = answer_to(read_configuration);
        if (!before) {
            return not_responding;
        }
        const std::optional<std::uint8_t> result = answer_to(self_test);
        if (!result) {
            return not_responding;
        }
        if (*result != self_test_passed) {
            return fails_self_test;
        }
        // Only now: some controllers fall back to their first configuration in the self test.
        if (!send(command, write_configuration) || !send(data, configured(*before)) ||
            !send(command, enable_keyboard)) {
            return not_responding;
        }
        return std::nullopt;
    }

    // Whether `read` has something new. A handler asks: an interrupt may have been about a byte
    // that is gone.
    [[nodiscard]] bool has_byte() { return (ports_.read8(status) & output_full) != 0; }

    // Takes the byte out of the controller, which makes room for the next. Only if has_byte().
    [[nodiscard]] std::uint8_t read() { return ports_.read8(data); }

    // How often the status is looked at before the controller is given up: about a second, since
    // a look takes about a microsecond. The self test is the slowest command.
    static constexpr unsigned patience = 1'000'000;

    // How many bytes are thrown away before the first answer. The keyboard's own buffer holds 16.
    static constexpr unsigned most_stale_bytes = 32;

private:
    static constexpr Port data{0x60};
    static constexpr Port status{0x64};  // when read
    static constexpr Port command{0x64}; // when written

    static constexpr std::uint8_t output_full = 0b0000'0001; // there is a byte for the CPU
    static constexpr std::uint8_t input_full = 0b0000'0010;  // the CPU's last byte is still there

    static constexpr std::uint8_t read_configuration = 0x20;
    static constexpr std::uint8_t write_configuration = 0x60; // the byte follows at the data port
    static constexpr std::uint8_t disable_mouse = 0xA7;
    static constexpr std::uint8_t self_test = 0xAA;
    static constexpr std::uint8_t self_test_passed = 0x55;
    static constexpr std::uint8_t disable_keyboard = 0xAD;
    static constexpr std::uint8_t enable_keyboard = 0xAE;

    static constexpr std::uint8_t keyboard_interrupt = 0b0000'0001;
    static constexpr std::uint8_t mouse_interrupt = 0b0000'0010;
    static constexpr std::uint8_t translation = 0b0100'0000; // the keyboard's set 2 to set 1

    static constexpr std::uint8_t configured(std::uint8_t before) {
        return static_cast<std::uint8_t>((before | keyboard_interrupt | translation) &
                                         ~mouse_interrupt);
    }

    // Waits until the controller has taken the last byte: another one on top of it would be lost.
    bool is_ready() {
        for (unsigned looks = patience; looks > 0; --looks) {
            if ((ports_.read8(status) & input_full) == 0) {
                return true;
            }
        }
        return false;
    }

    bool send(Port port, std::uint8_t byte) {
        const bool ready = is_ready();
        if (ready) {
            ports_.write8(port, byte);
        }
        return ready;
    }

    std::optional<std::uint8_t> answer_to(std::uint8_t question) {
        const bool sent = send(command, question);
        for (unsigned looks = sent ? patience : 0; looks > 0; --looks) {
            if (has_byte()) {
                return read();
            }
        }
        return std::nullopt;
    }

    bool drain() {
        for (unsigned bytes = 0; has_byte(); ++bytes) {
            if (bytes == most_stale_bytes) {
                return false;
            }
            static_cast<void>(read());
        }
        return true;
    }

    [[no_unique_address]] Ports ports_;
};

} // namespace kernel
