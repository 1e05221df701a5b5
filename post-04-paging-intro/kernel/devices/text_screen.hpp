// The VGA's text mode: 25 rows of 80 characters, and a cursor that the hardware blinks.
//
// Text is written from the top down; when the last row is full, all rows move up by one.
// [IBM VGA Technical Reference, "Alphanumeric Modes", "CRT Controller Registers"]
#pragma once

#include "cpu/port.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

// The attribute byte of a character on the screen: bits 3 to 0 are its colour, bits 6 to 4 that of
// its background.
enum class Colors : std::uint8_t { light_gray_on_black = 0x07, white_on_red = 0x4F };

// A character on the screen and its colours, as two bytes of video memory.
constexpr std::uint16_t screen_cell(char character, Colors colors) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(colors) << 8 |
                                      static_cast<unsigned char>(character));
}

static_assert(screen_cell('\xFE', Colors::white_on_red) == 0x4FFE);

template <PortBus Ports>
class TextScreen {
public:
    static constexpr std::size_t rows = 25;
    static constexpr std::size_t columns = 80;

    // `cells` points to rows * columns cells: video memory, or a test's buffer.
    constexpr explicit TextScreen(volatile std::uint16_t* cells, Ports ports = {})
        : cells_{cells}, ports_{ports} {}

    // Fills the screen with the background colour. The next character goes to the top left.
    void clear() {
        for (std::size_t row = 0; row < rows; ++row) {
            clear_row(row);
        }
        row_ = 0;
        column_ = 0;
        move_cursor();
    }

    // The colours of all characters and empty cells written from now on.
    void set_colors(Colors colors) { colors_ = colors; }

    // '\n' starts a new line, '\b' goes back by one cell. A byte that is not printable ASCII is
    // shown as a block.
    void write(std::string_view text) {
        for (const char character : text) {
            put(character);
        }
        move_cursor();
    }

private:
    static constexpr Port index_port{0x3D4}; // selects a register of the CRT controller
    static constexpr Port data_port{0x3D5};
    static constexpr std::uint8_t cursor_high = 0x0E; // registers: the number of the cursor's cell
    static constexpr std::uint8_t cursor_low = 0x0F;
    static constexpr char block = '\xFE'; // a small square in code page 437

    static constexpr bool is_printable(char character) {
        return character >= 0x20 && character <= 0x7E;
    }

    void put(char character) {
        if (character == '\n') {
            start_new_line();
            return;
        }
        if (character == '\b') {
            if (column_ == 0 && row_ > 0) { // to the end of the row above, even if it is not full
                --row_;
                column_ = columns;
            }
            column_ -= column_ > 0 ? 1 : 0;
            return;
        }
        if (column_ == columns) { // not sooner: '\n' may follow a full row
            start_new_line();
        }
        set(row_, column_, is_printable(character) ? character : block);
        ++column_;
    }

    void start_new_line() {
        column_ = 0;
        if (row_ + 1 < rows) {
            ++row_;
        } else {
            scroll();
        }
    }

    void scroll() {
        for (std::size_t cell = 0; cell < (rows - 1) * columns; ++cell) {
            cells_[cell] = cells_[cell + columns];
        }
        clear_row(rows - 1);
    }

    void clear_row(std::size_t row) {
        for (std::size_t column = 0; column < columns; ++column) {
            set(row, column, ' ');
        }
    }

    void set(std::size_t row, std::size_t column, char character) {
        cells_[row * columns + column] = screen_cell(character, colors_);
    }

    void move_cursor() {
        const std::size_t column = column_ < columns ? column_ : columns - 1;
        const std::size_t cell = row_ * columns + column;
        ports_.write8(index_port, cursor_high);
        ports_.write8(data_port, static_cast<std::uint8_t>(cell >> 8));
        ports_.write8(index_port, cursor_low);
        ports_.write8(data_port, static_cast<std::uint8_t>(cell));
    }

    // The display reads the cells too: `volatile` keeps the compiler from leaving out a write.
    volatile std::uint16_t* cells_;
    [[no_unique_address]] Ports ports_;
    Colors colors_ = Colors::light_gray_on_black;
    std::size_t row_ = 0;
    std::size_t column_ = 0; // of the next character; equal to `columns` when the row is full
};

} // namespace kernel
