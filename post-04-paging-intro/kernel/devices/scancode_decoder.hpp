// Makes key events of the bytes that the keyboard controller delivers, in scan code set 1.
//
// The keyboard itself sends set 2. The controller, an 8042, translates it to set 1 unless told
// otherwise, so that programs for the first PC go on working; firmware leaves it translating.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller"]
//
//     pressed          code              released         code with bit 7 set
//     pressed       E0 code              released      E0 code with bit 7 set
//     pause         E1 1D 45 E1 9D C5    both at once: the key says nothing when it is released
//
// Around some extended keys the keyboard pretends to press or release shift (E0 2A, E0 AA, E0 36,
// E0 B6), for programs that know nothing of E0. Those are swallowed.
#pragma once

#include "devices/key.hpp"
#include "devices/scan_code_set_1.hpp"

#include <cstdint>
#include <optional>

namespace kernel {

// Bytes can be lost or be none of a key's: 00 and FF report an overrun, FA acknowledges a command.
// They give no event and end any sequence. AA could be a passed self-test; it is also the release
// of left shift, and is taken as that, which harms nobody.
//
// A prefix always begins a sequence. A byte that does not continue one is decoded as if no
// sequence had been begun. So after any bytes whatever a key is decoded rightly, with one
// exception that no decoder can avoid: if the bytes broke off within a sequence and the key's
// code happens to continue it, it is read as that (E0 lost its key, left control's 1D follows:
// right control). At most two keys can be (E1, left control, num lock: pause), and the same key
// typed once more comes out right.
class ScancodeDecoder {
public:
    // The event that `byte` completes, if it completes one.
    constexpr std::optional<KeyEvent> decode(std::uint8_t byte) {
        const State before = state_;
        state_ = next(before, byte);
        if (state_ != State::start) {
            return std::nullopt;
        }
        if (before == State::first_pause_half && byte == 0x45) {
            return KeyEvent{Key::pause, Movement::pressed};
        }
        if (before == State::second_pause_half && byte == 0xC5) {
            return KeyEvent{Key::pause, Movement::released};
        }
        const std::uint8_t code = byte & 0x7F;
        const bool extended = before == State::after_e0;
        if (extended && is_fake_shift(code)) {
            return std::nullopt;
        }
        const bool known_as_extended = extended && extended_keys[code].has_value();
        const std::optional<Key> key = known_as_extended ? extended_keys[code] : plain_keys[code];
        if (!key) {
            return std::nullopt;
        }
        return KeyEvent{*key, code == byte ? Movement::pressed : Movement::released};
    }

    friend constexpr bool operator==(const ScancodeDecoder&, const ScancodeDecoder&) = default;

private:
    enum class State : std::uint8_t {
        start,
        after_e0,
        after_e1,
        first_pause_half,  // E1 1D
        second_pause_half, // E1 9D
    };

    static constexpr State next(State state, std::uint8_t byte) {
        if (byte == 0xE0) {
            return State::after_e0;
        }
        if (byte == 0xE1) {
            return State::after_e1;
        }
        if (state == State::after_e1 && byte == 0x1D) {
            return State::first_pause_half;
        }
        if (state == State::after_e1 && byte == 0x9D) {
            return State::second_pause_half;
        }
        return State::start;
    }

    static constexpr bool is_fake_shift(std::uint8_t code) { return code == 0x2A || code == 0x36; }

    State state_ = State::start;
};

} // namespace kernel
