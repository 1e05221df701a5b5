// What the labels of a keyboard say: the characters that each key types alone, with shift and with
// AltGr.
//
// Characters are bytes of code page 437, the character set of the VGA's own font: ASCII, and above
// it letters such as the German umlauts. (TextScreen shows a block for all that is not ASCII.)
// [IBM VGA Technical Reference, "Alphanumeric Modes"] [IBM, Code Page 437]
#pragma once

#include "devices/key.hpp"

#include <cstddef>
#include <string_view>

namespace kernel {

// Each string holds one character per key, in the order of the keys' numbers from 0 to key_102. A
// blank stands for "types nothing". The key pad's digits are listed as with num lock on.
//
// Not listed are the keys that type the same in every layout: space, and keypad_enter and
// keypad_divide, whose numbers are higher.
struct KeyboardLayout {
    std::string_view plain;
    std::string_view shift;
    std::string_view alt_gr{}; // empty if the right alt key acts like the left one

    constexpr bool is_complete() const {
        constexpr std::size_t keys = static_cast<std::size_t>(Key::key_102) + 1;
        return plain.size() == keys && shift.size() == keys &&
               (alt_gr.empty() || alt_gr.size() == keys);
    }
};

// The character of `key` in one of a layout's strings; '\0' if there is none.
constexpr char label(std::string_view labels, Key key) {
    const auto number = static_cast<std::size_t>(key);
    return number < labels.size() && labels[number] != ' ' ? labels[number] : '\0';
}

} // namespace kernel
