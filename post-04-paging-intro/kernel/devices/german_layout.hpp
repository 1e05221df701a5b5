// The keyboard of Germany and Austria: QWERTZ, with umlauts. [DIN 2137-1:2012, "T1"]
//
// Some labels type nothing, because code page 437 lacks the character or has it where ASCII has
// control characters: the section sign, the acute accent, the euro, superscript three. Elsewhere ^
// and ` are dead keys, which wait for a letter; here they are plain characters.
#pragma once

#include "devices/keyboard_layout.hpp"

namespace kernel {

// clang-format off
inline constexpr KeyboardLayout german_layout{
    .plain = " \x1B" "1234567890\xE1 \b"  // ß
             "\tqwertzuiop\x81+\n"        // ü
             " asdfghjkl\x94\x84^"        // ö ä
             " #yxcvbnm,.- "
             "*               " // alt, space, caps lock, F1 to F10, num lock, scroll lock
             "789-456+1230,"
             "  <",
    .shift = " \x1B" "!\" $%&/()=?`\b"
             "\tQWERTZUIOP\x9A*\n"        // Ü
             " ASDFGHJKL\x99\x8E\xF8"     // Ö Ä degree sign
             " 'YXCVBNM;:_ "
             "*               "
             "789-456+1230,"
             "  >",
    .alt_gr = "  " " \xFD    {[]}\\  "    // superscript two
              " @          ~ "
              "             "
              "        \xE6    "          // micro sign
              "                "
              "             "
              "  |",
};
// clang-format on

static_assert(german_layout.is_complete());

} // namespace kernel
