// Turns key events into characters: keeps track of the keys that are held and of the locks, and
// looks the rest up in the layout.
#pragma once

#include "devices/key.hpp"
#include "devices/keyboard_layout.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace kernel {

struct TypedKey {
    char character; // '\0' if the key types none
    Key key;        // for a digit of the key pad that acts as an arrow, home and so on: that key

    friend constexpr bool operator==(const TypedKey&, const TypedKey&) = default;
};

// At first no key is held and both locks are off, whatever the keyboard's lights show.
class Keyboard {
public:
    constexpr explicit Keyboard(const KeyboardLayout& layout) : layout_{layout} {}

    // Returns what a press types, also for modifiers and for each repetition; nothing for a
    // release. When all keys are released, the locks stay as they are.
    constexpr std::optional<TypedKey> handle(KeyEvent event) {
        const bool was_held = holds(event.key);
        // A keyboard that was plugged in sends AA once its self-test has passed; none of its keys
        // is held. AA is the release of left shift too, so this is the case if left shift is not
        // held. [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)",
        // "BAT Completion Code"]
        const bool plugged_in = event == KeyEvent{Key::left_shift, Movement::released} && !was_held;
        if (plugged_in || event == all_keys_released) {
            held_ = {};
            return std::nullopt;
        }
        held_[static_cast<std::size_t>(event.key)] = event.movement == Movement::pressed;
        if (event.movement == Movement::released) {
            return std::nullopt;
        }
        caps_lock_ ^= event.key == Key::caps_lock && !was_held;
        num_lock_ ^= event.key == Key::num_lock && !was_held;
        const bool shift = holds(Key::left_shift) || holds(Key::right_shift);
        const Key key = num_lock_ == shift ? without_num_lock(event.key) : event.key;
        return TypedKey{character(key, shift), key};
    }

private:
    constexpr bool holds(Key key) const { return held_[static_cast<std::size_t>(key)]; }

    // The second label of the key pad's digits and its point: an arrow, home and so on. The key
    // with that label alone has the same number with bit 7 set; for the 5 there is no such key.
    static constexpr Key without_num_lock(Key key) {
        const bool has_second_label = key >= Key::keypad_7 && key <= Key::keypad_decimal &&
                                      key != Key::keypad_minus && key != Key::keypad_plus;
        return has_second_label ? static_cast<Key>(static_cast<int>(key) | 0x80) : key;
    }

    constexpr char character(Key key, bool shift) const {
        const bool alt_gr = !layout_.alt_gr.empty() && holds(Key::right_alt);
        const bool alt = holds(Key::left_alt) || (holds(Key::right_alt) && !alt_gr);
        if (alt || holds(Key::left_super) || holds(Key::right_super)) {
            return '\0'; // a command, not text
        }
        const char plain = label(layout_.plain, key == Key::keypad_enter ? Key::enter : key);
        if (plain > '\0' && plain < ' ') {
            return plain; // enter, tab, backspace or escape
        }
        const bool is_letter = plain >= 'a' && plain <= 'z';
        if (holds(Key::left_control) || holds(Key::right_control)) {
            // The number of the letter in the alphabet: [ECMA-48, "Elements of the C0 set"]
            return is_letter && !alt_gr ? static_cast<char>(plain - 'a' + 1) : '\0';
        }
        if (alt_gr) {
            return label(layout_.alt_gr, key);
        }
        if (key == Key::space || key == Key::keypad_divide) {
            return key == Key::space ? ' ' : '/';
        }
        const bool is_umlaut = plain == '\x84' || plain == '\x94' || plain == '\x81'; // ä ö ü
        const bool locked = caps_lock_ && (is_letter || is_umlaut); // not ß: shift makes it a ?
        return label(shift != locked ? layout_.shift : layout_.plain, key);
    }

    KeyboardLayout layout_;
    std::array<bool, 256> held_{}; // by the number of the key
    bool caps_lock_ = false;
    bool num_lock_ = false;
};

} // namespace kernel
