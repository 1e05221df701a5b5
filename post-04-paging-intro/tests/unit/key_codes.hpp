// The bytes that each key sends in scan code set 1, key by key: an independent second list beside
// the one in devices/key.hpp. [Microsoft, Keyboard Scan Code Specification]
#pragma once

#include "devices/key.hpp"

#include <array>
#include <cstdint>
#include <vector>

// In the order of the alphabet.
inline constexpr std::array letter_keys{
    kernel::Key::a, kernel::Key::b, kernel::Key::c, kernel::Key::d, kernel::Key::e, kernel::Key::f,
    kernel::Key::g, kernel::Key::h, kernel::Key::i, kernel::Key::j, kernel::Key::k, kernel::Key::l,
    kernel::Key::m, kernel::Key::n, kernel::Key::o, kernel::Key::p, kernel::Key::q, kernel::Key::r,
    kernel::Key::s, kernel::Key::t, kernel::Key::u, kernel::Key::v, kernel::Key::w, kernel::Key::x,
    kernel::Key::y, kernel::Key::z};

using Bytes = std::vector<std::uint8_t>;

struct KeyCodes {
    kernel::Key key;
    Bytes make;
    Bytes release;
};

inline const std::vector<KeyCodes>& all_keys() {
    static const std::vector<KeyCodes> keys = [] {
        std::vector<KeyCodes> list;
        const auto plain = [&list](kernel::Key key, std::uint8_t code) {
            list.push_back({key, {code}, {static_cast<std::uint8_t>(code + 0x80)}});
        };
        const auto extended = [&list](kernel::Key key, std::uint8_t code) {
            list.push_back({key, {0xE0, code}, {0xE0, static_cast<std::uint8_t>(code + 0x80)}});
        };
        using enum kernel::Key;
        plain(a, 0x1E), plain(b, 0x30), plain(c, 0x2E), plain(d, 0x20), plain(e, 0x12);
        plain(f, 0x21), plain(g, 0x22), plain(h, 0x23), plain(i, 0x17), plain(j, 0x24);
        plain(k, 0x25), plain(l, 0x26), plain(m, 0x32), plain(n, 0x31), plain(o, 0x18);
        plain(p, 0x19), plain(q, 0x10), plain(r, 0x13), plain(s, 0x1F), plain(t, 0x14);
        plain(u, 0x16), plain(v, 0x2F), plain(w, 0x11), plain(x, 0x2D), plain(y, 0x15);
        plain(z, 0x2C);
        plain(digit_0, 0x0B), plain(digit_1, 0x02), plain(digit_2, 0x03), plain(digit_3, 0x04);
        plain(digit_4, 0x05), plain(digit_5, 0x06), plain(digit_6, 0x07), plain(digit_7, 0x08);
        plain(digit_8, 0x09), plain(digit_9, 0x0A);
        plain(grave, 0x29), plain(minus, 0x0C), plain(equals, 0x0D), plain(left_bracket, 0x1A);
        plain(right_bracket, 0x1B), plain(backslash, 0x2B), plain(semicolon, 0x27);
        plain(apostrophe, 0x28), plain(comma, 0x33), plain(period, 0x34), plain(slash, 0x35);
        plain(key_102, 0x56), plain(space, 0x39), plain(enter, 0x1C), plain(tab, 0x0F);
        plain(backspace, 0x0E), plain(escape, 0x01);
        plain(f1, 0x3B), plain(f2, 0x3C), plain(f3, 0x3D), plain(f4, 0x3E), plain(f5, 0x3F);
        plain(f6, 0x40), plain(f7, 0x41), plain(f8, 0x42), plain(f9, 0x43), plain(f10, 0x44);
        plain(f11, 0x57), plain(f12, 0x58);
        plain(left_shift, 0x2A), plain(right_shift, 0x36), plain(left_control, 0x1D);
        plain(left_alt, 0x38), extended(right_control, 0x1D), extended(right_alt, 0x38);
        extended(left_super, 0x5B), extended(right_super, 0x5C), extended(menu, 0x5D);
        plain(caps_lock, 0x3A), plain(num_lock, 0x45), plain(scroll_lock, 0x46);
        extended(up, 0x48), extended(down, 0x50), extended(left, 0x4B), extended(right, 0x4D);
        extended(insert, 0x52), extended(delete_key, 0x53), extended(home, 0x47);
        extended(end, 0x4F), extended(page_up, 0x49), extended(page_down, 0x51);
        plain(keypad_0, 0x52), plain(keypad_1, 0x4F), plain(keypad_2, 0x50);
        plain(keypad_3, 0x51), plain(keypad_4, 0x4B), plain(keypad_5, 0x4C);
        plain(keypad_6, 0x4D), plain(keypad_7, 0x47), plain(keypad_8, 0x48);
        plain(keypad_9, 0x49), plain(keypad_decimal, 0x53), plain(keypad_minus, 0x4A);
        plain(keypad_plus, 0x4E), plain(keypad_multiply, 0x37);
        extended(keypad_divide, 0x35), extended(keypad_enter, 0x1C);
        list.push_back({print_screen, {0xE0, 0x2A, 0xE0, 0x37}, {0xE0, 0xB7, 0xE0, 0xAA}});
        list.push_back({pause, {0xE1, 0x1D, 0x45}, {0xE1, 0x9D, 0xC5}});
        return list;
    }();
    return keys;
}
