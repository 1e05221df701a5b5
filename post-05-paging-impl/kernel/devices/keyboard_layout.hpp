// What a keyboard's labels say: which character a key types, alone, with shift and with AltGr.
//
// Characters are bytes of code page 437, the set of the VGA's own font: ASCII, and above it
// letters such as the German umlauts. (The screen so far shows a block for what is not ASCII.)
// [IBM VGA Technical Reference, "Alphanumeric Modes"] [IBM, Code Page 437]
#pragma once

#include "devices/key.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace kernel {

enum class ShiftLevel : std::uint8_t { plain, shift, alt_gr };

template <typename T>
concept KeyboardLayout = requires(Key key, ShiftLevel level) {
    // '\0' where the key types nothing. The key pad's digits are listed as if num lock were on.
    { T::character(key, level) } -> std::same_as<char>;
    // Whether the right alt key chooses the third level. Otherwise it is one more alt key.
    { T::has_alt_gr } -> std::same_as<const bool&>;
};

// Whether caps lock changes it. Sharp s is left out: shift makes a question mark of its key.
constexpr bool is_lower_case_letter(char character) {
    return (character >= 'a' && character <= 'z') || character == '\x84' || character == '\x94' ||
           character == '\x81'; // ä ö ü
}

// The rows of a European keyboard, from left to right. On US ones the last key of home_row,
// backslash, stands at the end of the row above, and the first of bottom_row is missing.
inline constexpr std::array number_row{Key::grave,   Key::digit_1, Key::digit_2, Key::digit_3,
                                       Key::digit_4, Key::digit_5, Key::digit_6, Key::digit_7,
                                       Key::digit_8, Key::digit_9, Key::digit_0, Key::minus,
                                       Key::equals};
inline constexpr std::array top_row{Key::q,
                                    Key::w,
                                    Key::e,
                                    Key::r,
                                    Key::t,
                                    Key::y,
                                    Key::u,
                                    Key::i,
                                    Key::o,
                                    Key::p,
                                    Key::left_bracket,
                                    Key::right_bracket};
inline constexpr std::array home_row{Key::a, Key::s,         Key::d,          Key::f,
                                     Key::g, Key::h,         Key::j,          Key::k,
                                     Key::l, Key::semicolon, Key::apostrophe, Key::backslash};
inline constexpr std::array bottom_row{Key::key_102, Key::z,      Key::x,    Key::c,
                                       Key::v,       Key::b,      Key::n,    Key::m,
                                       Key::comma,   Key::period, Key::slash};
inline constexpr std::array keypad{Key::keypad_0,        Key::keypad_1,       Key::keypad_2,
                                   Key::keypad_3,        Key::keypad_4,       Key::keypad_5,
                                   Key::keypad_6,        Key::keypad_7,       Key::keypad_8,
                                   Key::keypad_9,        Key::keypad_decimal, Key::keypad_divide,
                                   Key::keypad_multiply, Key::keypad_minus,   Key::keypad_plus};

class CharacterTable {
public:
    constexpr char at(Key key, ShiftLevel level) const {
        return characters_[static_cast<std::size_t>(level)][static_cast<std::size_t>(key)];
    }

    constexpr void set(Key key, ShiftLevel level, char character) {
        characters_[static_cast<std::size_t>(level)][static_cast<std::size_t>(key)] = character;
    }

    // One character for each key of the row; a blank for a key that types nothing.
    template <std::size_t count>
    constexpr void set(const std::array<Key, count>& row, ShiftLevel level,
                       const char (&characters)[count + 1]) {
        for (std::size_t position = 0; position < count; ++position) {
            if (characters[position] != ' ') {
                set(row[position], level, characters[position]);
            }
        }
    }

private:
    std::array<std::array<char, key_count>, 3> characters_{};
};

} // namespace kernel
