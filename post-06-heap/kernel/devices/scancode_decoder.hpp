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
// E0 B6), for programs that know nothing of E0. They stand in no table, as they are no keys.
#pragma once

#include "devices/key.hpp"
#include "devices/scan_code_set_1.hpp"

#include <cstdint>
#include <optional>

namespace kernel {

// A code that no key of ours has is no event, with a prefix or without: keyboards, those of laptops
// above all, have more keys than our tables, and E0 08 has nothing to do with 08.
//
// 00 and FF say that the keyboard has lost keys, FC that it was plugged in and is out of order.
// Whatever was held, its release may never come: from there on all keys are released. AA, that it
// was plugged in and is well, is the release of left shift too, and is decoded as that: whoever
// knows which keys are held can tell the two apart.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)", "Overrun",
// "BAT Completion Code"]
//
// A prefix always begins a sequence, and a byte that cannot continue one ends it. So after any
// bytes whatever a key is decoded rightly, unless a sequence had been begun whose rest was lost:
// then the key may be taken for that rest. The same key typed once more comes out right.
class ScancodeDecoder {
public:
    // The event that `byte` completes, if it completes one.
    constexpr std::optional<KeyEvent> decode(std::uint8_t byte) {
        const State before = state_;
        state_ = next(before, byte);
        if (state_ != State::start) {
            return std::nullopt;
        }
        if (says_that_keys_were_lost(byte)) {
            return all_keys_released;
        }
        const std::optional<Key> key = key_of(before, byte);
        if (!key) {
            return std::nullopt;
        }
        return KeyEvent{*key, (byte & released) == 0 ? Movement::pressed : Movement::released};
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

    static constexpr bool says_that_keys_were_lost(std::uint8_t byte) {
        return byte == 0x00 || byte == 0xFF || byte == 0xFC;
    }

    // The key whose code `byte` completes, behind what led to `before`.
    static constexpr std::optional<Key> key_of(State before, std::uint8_t byte) {
        constexpr std::uint8_t num_lock = 0x45; // which ends both halves of pause
        switch (before) {
        case State::start:
            return plain_keys[byte & ~released];
        case State::after_e0:
            return extended_keys[byte & ~released];
        case State::first_pause_half:
            return byte == num_lock ? std::optional{Key::pause} : std::nullopt;
        case State::second_pause_half:
            return byte == (num_lock | released) ? std::optional{Key::pause} : std::nullopt;
        case State::after_e1:
            break;
        }
        return std::nullopt;
    }

    static constexpr std::uint8_t released = 0x80; // the bit in which release and press differ

    State state_ = State::start;
};

} // namespace kernel
