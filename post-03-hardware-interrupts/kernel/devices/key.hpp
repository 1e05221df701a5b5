// The keys of a PC keyboard. A key is its number in scan code set 1.
//
// Set 1 numbers the 83 keys of the first PC's keyboard row by row, from the top left. Keys that
// came later send the prefix E0 and the number of an older key that does much the same: the arrow
// keys are the 8, 4, 6 and 2 of the key pad once more. Here they have that number with bit 7 set.
//
// The names are those of the US labels: Key::y stands for the key right of T, even where that key
// is labelled Z. What a key types is up to the layout. [IBM PS/2 Hardware Interface Technical
// Reference, "Keyboards (101- and 102-Key)"] [Microsoft, Keyboard Scan Code Specification]
#pragma once

#include <cstdint>

namespace kernel {

// Numbers that are not listed are valid too: keys for music, the radio and so on, which the kernel
// does not use.
enum class Key : std::uint8_t {
    // clang-format off
    escape = 0x01,
    digit_1, digit_2, digit_3, digit_4, digit_5, digit_6, digit_7, digit_8, digit_9, digit_0,
    minus, equals, backspace,
    tab, q, w, e, r, t, y, u, i, o, p, left_bracket, right_bracket, enter,
    left_control, a, s, d, f, g, h, j, k, l, semicolon, apostrophe, grave,
    left_shift, backslash, z, x, c, v, b, n, m, comma, period, slash, right_shift,
    keypad_multiply, left_alt, space, caps_lock,
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, num_lock, scroll_lock,
    keypad_7, keypad_8, keypad_9, keypad_minus, keypad_4, keypad_5, keypad_6, keypad_plus,
    keypad_1, keypad_2, keypad_3, keypad_0, keypad_decimal,
    key_102 = 0x56, // between left shift and Z on European keyboards; US ones do not have it
    f11, f12,
    // with the prefix E0
    keypad_enter = 0x9C, right_control, keypad_divide = 0xB5, print_screen = 0xB7, right_alt,
    pause = 0xC6, home, up, page_up, left = 0xCB, right = 0xCD, end = 0xCF, down, page_down,
    insert, delete_key, left_super = 0xDB, right_super, menu,
    // clang-format on
};

static_assert(Key::slash == Key{0x35} && Key::keypad_decimal == Key{0x53} && Key::f12 == Key{0x58});

enum class Movement : std::uint8_t {
    pressed,
    released,
    all_released, // of all keys that were held: the releases of some may have been lost
};

// While a key is held, the keyboard reports it as pressed again and again.
struct KeyEvent {
    Key key; // has no meaning if the movement is all_released
    Movement movement;

    friend constexpr bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

inline constexpr KeyEvent all_keys_released{Key{}, Movement::all_released};

} // namespace kernel
