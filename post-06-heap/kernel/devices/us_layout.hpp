// The keyboard of the United States.
#pragma once

#include "devices/keyboard_layout.hpp"

namespace kernel {

// clang-format off
inline constexpr KeyboardLayout us_layout{
    .plain = " \x1B" "1234567890-=\b"
             "\tqwertyuiop[]\n"
             " asdfghjkl;'`"
             " \\zxcvbnm,./ "
             "*               " // alt, space, caps lock, F1 to F10, num lock, scroll lock
             "789-456+1230."
             "  \\",
    .shift = " \x1B" "!@#$%^&*()_+\b"
             "\tQWERTYUIOP{}\n"
             " ASDFGHJKL:\"~"
             " |ZXCVBNM<>? "
             "*               "
             "789-456+1230."
             "  |",
};
// clang-format on

static_assert(us_layout.is_complete());

} // namespace kernel
