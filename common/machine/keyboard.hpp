// Which keys of a US keyboard to press for a character.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bench {

// Keys that are held down together, by QEMU's names for them: {"ctrl", "c"}.
// [QEMU QMP reference, "QKeyCode"]
using Chord = std::vector<std::string>;

// Throws std::invalid_argument that names the character if no key makes it. Known are the
// printable ASCII characters, newline (the Enter key), tab, backspace ("\b") and escape ("\x1b").
Chord keys_for(char character);

// One chord per character; throws like keys_for, before anything is typed.
std::vector<Chord> keys_for(std::string_view text);

} // namespace bench
