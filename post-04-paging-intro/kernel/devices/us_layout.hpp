// The keyboard of the United States.
#pragma once

#include "devices/keyboard_layout.hpp"

namespace kernel {

consteval CharacterTable us_characters() {
    using enum ShiftLevel;
    CharacterTable table;
    table.set(number_row, plain, "`1234567890-=");
    table.set(number_row, shift, "~!@#$%^&*()_+");
    table.set(top_row, plain, "qwertyuiop[]");
    table.set(top_row, shift, "QWERTYUIOP{}");
    table.set(home_row, plain, "asdfghjkl;'\\");
    table.set(home_row, shift, "ASDFGHJKL:\"|");
    table.set(bottom_row, plain, "\\zxcvbnm,./");
    table.set(bottom_row, shift, "|ZXCVBNM<>?");
    table.set(keypad, plain, "0123456789./*-+");
    table.set(keypad, shift, "0123456789./*-+");
    table.set(Key::space, plain, ' ');
    table.set(Key::space, shift, ' ');
    return table;
}

struct UsLayout {
    static constexpr bool has_alt_gr = false;

    static constexpr char character(Key key, ShiftLevel level) { return table.at(key, level); }

private:
    static constexpr CharacterTable table = us_characters();
};

static_assert(KeyboardLayout<UsLayout>);

} // namespace kernel
