// One character of the VGA's text mode and its colours: two bytes of video memory.
//
//      15    14 13 12  11 10 9 8  7 ... 0
//     blink  background foreground character
//
// [IBM VGA Technical Reference, "Alphanumeric Modes"]
#pragma once

#include "cpu/bits.hpp"

#include <cstdint>

namespace kernel {

enum class Color : std::uint8_t {
    black,
    blue,
    green,
    cyan,
    red,
    magenta,
    brown,
    light_gray,
    dark_gray,
    light_blue,
    light_green,
    light_cyan,
    light_red,
    pink,
    yellow,
    white,
};

// The first eight colours again: a background's fourth bit would make the character blink.
enum class Background : std::uint8_t { black, blue, green, cyan, red, magenta, brown, light_gray };

struct Colors {
    Color foreground = Color::light_gray;
    Background background = Background::black;
};

class ScreenCell {
public:
    constexpr ScreenCell(char character, Colors colors)
        : bits_{static_cast<std::uint16_t>(
              Bits<7, 0>::place(static_cast<std::uint8_t>(character)) |
              Bits<11, 8>::place(static_cast<std::uint8_t>(colors.foreground)) |
              Bits<14, 12>::place(static_cast<std::uint8_t>(colors.background)))} {}

    constexpr std::uint16_t bits() const { return bits_; }

private:
    std::uint16_t bits_;
};

static_assert(ScreenCell('A', {Color::white, Background::blue}).bits() == 0x1F41);
static_assert(ScreenCell('\xFE', {Color::light_gray, Background::black}).bits() == 0x07FE);

} // namespace kernel
