// Turns the bytes from the keyboard controller, in scan code set 1, into key events.
//
//     pressed          code              released         code with bit 7 set
//     pressed       E0 code              released      E0 code with bit 7 set
//     pause         E1 1D 45 E1 9D C5    both at once: the key sends nothing when it is released
//
// The keyboard itself sends set 2. The controller translates it to set 1, for the sake of programs
// written for the first PC, unless it is told not to.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller"]
#pragma once

#include "devices/key.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace kernel {

// 00 and FF mean that the keyboard's own buffer was full, FC that a keyboard was plugged in and has
// failed its self-test. The release of a key that was held may be lost, so all keys count as
// released. [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)",
// "Overrun", "BAT Completion Code"]
//
// Around some keys with E0 the keyboard sends a shift key with E0 as well, for programs that ignore
// the prefix. Here it is a key without a name, like any other unknown code: it does nothing.
//
// A lost byte can spoil the key that it belongs to and the press of the next one. Without its E1,
// Pause is decoded as Control and Num Lock.
class ScancodeDecoder {
public:
    // Returns the event that `byte` completes; nothing if more bytes follow.
    constexpr std::optional<KeyEvent> decode(std::uint8_t byte) {
        const State before = std::exchange(state_, State::start);
        if (byte == 0x00 || byte == 0xFC || byte == 0xFF) {
            return all_keys_released;
        }
        if (byte == 0xE0 || byte == 0xE1 || before == State::after_e1) {
            state_ = byte == 0xE0   ? State::after_e0
                     : byte == 0xE1 ? State::after_e1
                                    : State::within_pause;
            return std::nullopt;
        }
        const int extended = before == State::after_e0 ? 0x80 : 0;
        return KeyEvent{before == State::within_pause ? Key::pause
                                                      : static_cast<Key>((byte & 0x7F) | extended),
                        (byte & 0x80) == 0 ? Movement::pressed : Movement::released};
    }

private:
    enum class State : std::uint8_t { start, after_e0, after_e1, within_pause };

    State state_ = State::start;
};

} // namespace kernel
