// Scan code set 1: the number that each key sends when it is pressed. Keys that the first PC's
// keyboard did not have share a number with one that it had, behind the prefix E0.
// [Microsoft, Keyboard Scan Code Specification]
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)"]
#pragma once

#include "devices/key.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>

namespace kernel {

// Indexed by the make code, which has seven bits.
using ScanCodeTable = std::array<std::optional<Key>, 128>;

// The key pad's block of numbers is laid out as the keys are: 7 8 9 -, 4 5 6 +, 1 2 3, 0 and .
consteval ScanCodeTable plain_scan_codes() {
    using enum Key;
    ScanCodeTable table{};
    const auto run = [&table](std::size_t code, std::initializer_list<Key> keys) {
        for (const Key key : keys) {
            table[code++] = key;
        }
    };
    run(0x01, {escape});
    run(0x02, {digit_1, digit_2, digit_3, digit_4, digit_5, digit_6, digit_7, digit_8, digit_9,
               digit_0, minus, equals, backspace});
    run(0x0F, {tab, q, w, e, r, t, y, u, i, o, p, left_bracket, right_bracket, enter});
    run(0x1D, {left_control, a, s, d, f, g, h, j, k, l, semicolon, apostrophe, grave});
    run(0x2A, {left_shift, backslash, z, x, c, v, b, n, m, comma, period, slash, right_shift});
    run(0x37, {keypad_multiply, left_alt, space, caps_lock});
    run(0x3B, {f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, num_lock, scroll_lock});
    run(0x47, {keypad_7, keypad_8, keypad_9, keypad_minus, keypad_4, keypad_5, keypad_6,
               keypad_plus, keypad_1, keypad_2, keypad_3, keypad_0, keypad_decimal});
    run(0x54, {print_screen}); // with alt held: System Request, a key of its own once
    run(0x56, {key_102, f11, f12});
    return table;
}

consteval ScanCodeTable extended_scan_codes() {
    using enum Key;
    ScanCodeTable table{};
    table[0x10] = previous_track;
    table[0x19] = next_track;
    table[0x1C] = keypad_enter;
    table[0x1D] = right_control;
    table[0x20] = mute;
    table[0x21] = calculator;
    table[0x22] = play_pause;
    table[0x24] = stop_track;
    table[0x2E] = volume_down;
    table[0x30] = volume_up;
    table[0x32] = browser_home;
    table[0x35] = keypad_divide;
    table[0x37] = print_screen;
    table[0x38] = right_alt;
    table[0x46] = pause; // with control held: Break
    table[0x47] = home;
    table[0x48] = up;
    table[0x49] = page_up;
    table[0x4B] = left;
    table[0x4D] = right;
    table[0x4F] = end;
    table[0x50] = down;
    table[0x51] = page_down;
    table[0x52] = insert;
    table[0x53] = delete_key;
    table[0x5B] = left_super;
    table[0x5C] = right_super;
    table[0x5D] = menu;
    table[0x5E] = power;
    table[0x5F] = sleep;
    table[0x63] = wake;
    table[0x65] = browser_search;
    table[0x66] = browser_favorites;
    table[0x67] = browser_refresh;
    table[0x68] = browser_stop;
    table[0x69] = browser_forward;
    table[0x6A] = browser_back;
    table[0x6B] = my_computer;
    table[0x6C] = mail;
    table[0x6D] = media_select;
    return table;
}

inline constexpr ScanCodeTable plain_keys = plain_scan_codes();
inline constexpr ScanCodeTable extended_keys = extended_scan_codes();

} // namespace kernel
