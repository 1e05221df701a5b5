// The keys of a PC keyboard, by their places: Key::y is the key that a US keyboard labels Y, even
// where a German one says Z. What a key types is a matter of the layout.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)"]
// [Microsoft, Keyboard Scan Code Specification]
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

enum class Key : std::uint8_t {
    // letters and digits, each run in its own order
    // clang-format off
    a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z,
    digit_0, digit_1, digit_2, digit_3, digit_4, digit_5, digit_6, digit_7, digit_8, digit_9,
    // punctuation
    grave, minus, equals, left_bracket, right_bracket, backslash, semicolon, apostrophe,
    comma, period, slash,
    key_102, // between left shift and Z on European keyboards; US ones, with 104 keys, lack it
    space, enter, tab, backspace, escape,
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12,
    // modifiers and locks
    left_shift, right_shift, left_control, right_control, left_alt, right_alt,
    left_super, right_super,
    caps_lock, num_lock, scroll_lock,
    // arrows and the block above them
    up, down, left, right,
    insert, delete_key, home, end, page_up, page_down,
    // the key pad
    keypad_0, keypad_1, keypad_2, keypad_3, keypad_4,
    keypad_5, keypad_6, keypad_7, keypad_8, keypad_9,
    keypad_decimal, keypad_divide, keypad_multiply, keypad_minus, keypad_plus, keypad_enter,
    print_screen, pause, menu,
    // what many keyboards have besides
    previous_track, next_track, play_pause, stop_track, mute, volume_down, volume_up,
    calculator, my_computer, mail, media_select,
    browser_home, browser_search, browser_favorites, browser_refresh, browser_stop,
    browser_forward, browser_back,
    power, sleep, wake,
    // clang-format on
};

inline constexpr std::size_t key_count = static_cast<std::size_t>(Key::wake) + 1;
static_assert(static_cast<int>(Key::menu) + 1 == 104 + 1, "a US keyboard's, and key_102");

enum class Movement : std::uint8_t {
    pressed,
    released,
    all_released, // whichever keys were held: their releases may have been lost
};

// A key that is held down is pressed again and again: the keyboard repeats its code.
struct KeyEvent {
    Key key; // of no meaning when all are released
    Movement movement;

    friend constexpr bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

inline constexpr KeyEvent all_keys_released{Key{}, Movement::all_released};

} // namespace kernel
