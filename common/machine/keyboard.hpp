// The keys of a US keyboard that type a character.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bench {

// Keys that are held down together, by QEMU's names for them: {"ctrl", "c"}.
// [QEMU QMP reference, "QKeyCode"]
using Chord = std::vector<std::string>;

// Knows the printable ASCII characters, newline (the Enter key), tab, backspace ("\b") and escape
// ("\x1b"). For any other character it throws a std::invalid_argument that names the character.
Chord keys_for(char character);

// Returns one chord for each character. Throws like the function above.
std::vector<Chord> keys_for(std::string_view text);

} // namespace bench
