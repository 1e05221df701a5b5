// The VGA's text mode: 25 rows of 80 characters, and a cursor that the hardware blinks.
//
// Text is written from the top down; when the last row is full, everything moves up by one.
// [IBM VGA Technical Reference, "CRT Controller Registers"]
#pragma once

#include "cpu/port.hpp"
#include "devices/screen_cell.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

template <PortBus Ports>
class TextScreen {
public:
    static constexpr std::size_t rows = 25;
    static constexpr std::size_t columns = 80;

    // `cells` are rows * columns cells of video memory, or of a test's buffer.
    constexpr explicit TextScreen(volatile std::uint16_t* cells, Ports ports = {})
        : cells_{cells}, ports_{ports} {}

    // Fills the screen with the background; writing starts at the top left.
    void clear() {
        for (std::size_t row = 0; row < rows; ++row) {
            clear_row(row);
        }
        row_ = 0;
        column_ = 0;
        move_cursor();
    }

    // The colours of what is written and cleared from now on.
    void set_colors(Colors colors) { colors_ = colors; }

    // Printable ASCII as it is, '\n' as a new line, '\b' as one step back, any other byte as a
    // block.
    void write(std::string_view text) {
        for (const char character : text) {
            put(character);
        }
        move_cursor();
    }

private:
    static constexpr Port index_port{0x3D4}; // selects a register of the CRT controller
    static constexpr Port data_port{0x3D5};
    static constexpr std::uint8_t cursor_high = 0x0E; // registers: the cursor's cell number
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
            step_back();
            return;
        }
        if (column_ == columns) { // only now: a full row may be followed by '\n'
            start_new_line();
        }
        set(row_, column_, is_printable(character) ? character : block);
        ++column_;
    }

    // From a row's start to the end of the row above, whether text was wrapped there or not; not
    // beyond the top left.
    void step_back() {
        if (column_ > 0) {
            --column_;
        } else if (row_ > 0) {
            --row_;
            column_ = columns - 1;
        }
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
        cells_[row * columns + column] = ScreenCell{character, colors_}.bits();
    }

    void move_cursor() {
        const std::size_t column = column_ < columns ? column_ : columns - 1;
        const std::size_t cell = row_ * columns + column;
        ports_.write8(index_port, cursor_high);
        ports_.write8(data_port, static_cast<std::uint8_t>(cell >> 8));
        ports_.write8(index_port, cursor_low);
        ports_.write8(data_port, static_cast<std::uint8_t>(cell));
    }

    volatile std::uint16_t* cells_; // volatile: nobody in the program reads what is shown
    [[no_unique_address]] Ports ports_;
    Colors colors_{};
    std::size_t row_ = 0;
    std::size_t column_ = 0; // the next character's; `columns` when the row is full
};

} // namespace kernel
