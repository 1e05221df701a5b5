// Makes characters of key events: knows which modifiers are held, which locks are on, and asks
// the layout for the rest.
#pragma once

#include "devices/key.hpp"
#include "devices/keyboard_layout.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace kernel {

struct Modifiers {
    bool shift = false;
    bool control = false;
    bool alt = false;
    bool alt_gr = false; // in layouts that have it, instead of alt for the right one
    bool super = false;
    bool caps_lock = false;
    bool num_lock = false;

    friend constexpr bool operator==(const Modifiers&, const Modifiers&) = default;
};

struct TypedKey {
    char character; // '\0' if the key types none
    Key key;        // the key pad's as arrows, home, … where they act as those
    Modifiers modifiers;

    friend constexpr bool operator==(const TypedKey&, const TypedKey&) = default;
};

// Begins with nothing held and both locks off, whatever the keyboard's lights say.
template <KeyboardLayout Layout>
class Keyboard {
public:
    // What a press types, a modifier's included and a repeated one's again; nothing for a release.
    // When all keys are released, the locks stay as they are.
    constexpr std::optional<TypedKey> on(KeyEvent event) {
        if (event == all_keys_released || is_passed_self_test(event)) {
            held_ = {};
            return std::nullopt;
        }
        bool& held = held_[static_cast<std::size_t>(event.key)];
        const bool repeated = held;
        held = event.movement == Movement::pressed;
        if (!held) {
            return std::nullopt;
        }
        if (!repeated) {
            caps_lock_ ^= event.key == Key::caps_lock;
            num_lock_ ^= event.key == Key::num_lock;
        }
        const Modifiers with = modifiers();
        const Key key = with.num_lock != with.shift ? event.key : without_num_lock(event.key);
        return TypedKey{character(key, with), key, with};
    }

    constexpr Modifiers modifiers() const {
        return {.shift = holds(Key::left_shift) || holds(Key::right_shift),
                .control = holds(Key::left_control) || holds(Key::right_control),
                .alt = holds(Key::left_alt) || (!Layout::has_alt_gr && holds(Key::right_alt)),
                .alt_gr = Layout::has_alt_gr && holds(Key::right_alt),
                .super = holds(Key::left_super) || holds(Key::right_super),
                .caps_lock = caps_lock_,
                .num_lock = num_lock_};
    }

private:
    // AA releases left shift. If that is not held, the keyboard has been plugged in again: AA is
    // what it says when its self-test has passed, and then none of its keys is held. [IBM PS/2
    // Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)", "BAT Completion
    // Code"]
    constexpr bool is_passed_self_test(KeyEvent event) const {
        return event == KeyEvent{Key::left_shift, Movement::released} && !holds(Key::left_shift);
    }

    constexpr bool holds(Key key) const { return held_[static_cast<std::size_t>(key)]; }

    // What the key pad's digits and its point are labelled with besides. The 5 has no second label.
    static constexpr Key without_num_lock(Key key) {
        constexpr std::array labels{Key::insert, Key::end,      Key::down,      Key::page_down,
                                    Key::left,   Key::keypad_5, Key::right,     Key::home,
                                    Key::up,     Key::page_up,  Key::delete_key};
        static_assert(static_cast<std::size_t>(Key::keypad_decimal) ==
                      static_cast<std::size_t>(Key::keypad_0) + labels.size() - 1);
        const bool has_label = key >= Key::keypad_0 && key <= Key::keypad_decimal;
        return has_label
                   ? labels[static_cast<std::size_t>(key) - static_cast<std::size_t>(Key::keypad_0)]
                   : key;
    }

    // With alt or super held a key is a command, not text. Without num lock the 5 is nothing.
    static constexpr char character(Key key, Modifiers with) {
        const bool is_mute = key == Key::keypad_5 && with.num_lock == with.shift;
        if (with.alt || with.super || is_mute) {
            return '\0';
        }
        switch (key) {
        case Key::enter:
        case Key::keypad_enter:
            return '\n';
        case Key::tab:
            return '\t';
        case Key::backspace:
            return '\b';
        case Key::escape:
            return '\x1B';
        default:
            return with.control ? control_character(key, with) : text(key, with);
        }
    }

    // Control and a letter: the letter's number, as on every terminal. What the numbers mean:
    // [ECMA-48, "Elements of the C0 set"]
    static constexpr char control_character(Key key, Modifiers with) {
        const char letter = Layout::character(key, ShiftLevel::plain);
        const bool has_number = letter >= 'a' && letter <= 'z' && !with.alt_gr;
        return has_number ? static_cast<char>(letter - 'a' + 1) : '\0';
    }

    static constexpr char text(Key key, Modifiers with) {
        if (with.alt_gr) {
            return Layout::character(key, ShiftLevel::alt_gr);
        }
        const bool is_letter = is_lower_case_letter(Layout::character(key, ShiftLevel::plain));
        const bool shifted = with.shift != (with.caps_lock && is_letter);
        return Layout::character(key, shifted ? ShiftLevel::shift : ShiftLevel::plain);
    }

    std::array<bool, key_count> held_{};
    bool caps_lock_ = false;
    bool num_lock_ = false;
};

} // namespace kernel
