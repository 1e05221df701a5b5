#include "machine/keyboard.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace bench {
namespace {

struct Key {
    char plain;
    char shifted; // '\0': the key has no second character
    const char* name;
};

// Without the letters, whose keys have the same names.
constexpr std::array other_keys{Key{'\n', '\0', "ret"},
                                Key{'\t', '\0', "tab"},
                                Key{'\b', '\0', "backspace"},
                                Key{'\x1b', '\0', "esc"},
                                Key{' ', '\0', "spc"},
                                Key{'1', '!', "1"},
                                Key{'2', '@', "2"},
                                Key{'3', '#', "3"},
                                Key{'4', '$', "4"},
                                Key{'5', '%', "5"},
                                Key{'6', '^', "6"},
                                Key{'7', '&', "7"},
                                Key{'8', '*', "8"},
                                Key{'9', '(', "9"},
                                Key{'0', ')', "0"},
                                Key{'-', '_', "minus"},
                                Key{'=', '+', "equal"},
                                Key{'[', '{', "bracket_left"},
                                Key{']', '}', "bracket_right"},
                                Key{'\\', '|', "backslash"},
                                Key{';', ':', "semicolon"},
                                Key{'\'', '"', "apostrophe"},
                                Key{'`', '~', "grave_accent"},
                                Key{',', '<', "comma"},
                                Key{'.', '>', "dot"},
                                Key{'/', '?', "slash"}};

std::string description(char character) {
    std::array<char, 16> code;
    std::snprintf(code.data(), code.size(), "0x%02x", static_cast<unsigned char>(character));
    const bool printable = character >= ' ' && character <= '~';
    return printable ? std::string{"'"} + character + "' (" + code.data() + ")" : code.data();
}

} // namespace

Chord keys_for(char character) {
    if (character >= 'a' && character <= 'z') {
        return {std::string{character}};
    }
    if (character >= 'A' && character <= 'Z') {
        return {"shift", std::string{static_cast<char>(character - 'A' + 'a')}};
    }
    for (const Key& key : other_keys) {
        if (character == key.plain) {
            return {key.name};
        }
        if (character != '\0' && character == key.shifted) {
            return {"shift", key.name};
        }
    }
    throw std::invalid_argument{"no key of a US keyboard makes " + description(character)};
}

std::vector<Chord> keys_for(std::string_view text) {
    std::vector<Chord> chords;
    for (const char character : text) {
        chords.push_back(keys_for(character));
    }
    return chords;
}

} // namespace bench
