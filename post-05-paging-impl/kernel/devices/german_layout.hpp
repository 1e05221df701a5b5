// The keyboard of Germany and Austria: QWERTZ, with umlauts. [DIN 2137-1:2012, "T1"]
//
// Characters that code page 437 lacks, or keeps where ASCII has control characters, type nothing:
// the section sign, the acute accent, the euro, superscript three. The circumflex and the grave
// accent are dead keys elsewhere, which wait for a letter; here they are characters.
#pragma once

#include "devices/keyboard_layout.hpp"

namespace kernel {

consteval CharacterTable german_characters() {
    using enum ShiftLevel;
    CharacterTable table;
    table.set(number_row, plain, "^1234567890\xE1 ");   // ß
    table.set(number_row, shift, "\xF8!\" $%&/()=?`");  // degree sign
    table.set(number_row, alt_gr, "  \xFD    {[]}\\ "); // superscript two
    table.set(top_row, plain, "qwertzuiop\x81+");       // ü
    table.set(top_row, shift, "QWERTZUIOP\x9A*");       // Ü
    table.set(top_row, alt_gr, "@          ~");
    table.set(home_row, plain, "asdfghjkl\x94\x84#"); // ö ä
    table.set(home_row, shift, "ASDFGHJKL\x99\x8E'"); // Ö Ä
    table.set(bottom_row, plain, "<yxcvbnm,.-");
    table.set(bottom_row, shift, ">YXCVBNM;:_");
    table.set(bottom_row, alt_gr, "|      \xE6   "); // micro sign
    table.set(keypad, plain, "0123456789,/*-+");
    table.set(keypad, shift, "0123456789,/*-+");
    table.set(Key::space, plain, ' ');
    table.set(Key::space, shift, ' ');
    return table;
}

struct GermanLayout {
    static constexpr bool has_alt_gr = true;

    static constexpr char character(Key key, ShiftLevel level) { return table.at(key, level); }

private:
    static constexpr CharacterTable table = german_characters();
};

static_assert(KeyboardLayout<GermanLayout>);

} // namespace kernel
