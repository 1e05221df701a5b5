#include "machine/screen_text.hpp"

#include <stdexcept>

namespace bench {
namespace {

char printable(std::uint8_t character) {
    if (character == 0) {
        return ' ';
    }
    return character >= ' ' && character <= '~' ? static_cast<char>(character) : '?';
}

} // namespace

ScreenText::ScreenText(std::span<const std::byte> memory) : cells_{memory.begin(), memory.end()} {
    if (cells_.size() != size) {
        throw std::invalid_argument{"a text screen has 4000 bytes"};
    }
}

std::uint8_t ScreenText::byte(std::size_t row, std::size_t column, std::size_t which) const {
    if (row >= rows_count || column >= columns) {
        throw std::out_of_range{"no cell in row " + std::to_string(row) + ", column " +
                                std::to_string(column)};
    }
    return std::to_integer<std::uint8_t>(cells_[(row * columns + column) * 2 + which]);
}

std::uint8_t ScreenText::character(std::size_t row, std::size_t column) const {
    return byte(row, column, 0);
}

std::uint8_t ScreenText::attribute(std::size_t row, std::size_t column) const {
    return byte(row, column, 1);
}

std::string ScreenText::row(std::size_t number) const {
    std::string text;
    for (std::size_t column = 0; column < columns; ++column) {
        text.push_back(printable(character(number, column)));
    }
    text.erase(text.find_last_not_of(' ') + 1); // npos + 1 is 0: all of a blank row
    return text;
}

std::vector<std::string> ScreenText::rows() const {
    std::vector<std::string> all;
    for (std::size_t number = 0; number < rows_count; ++number) {
        all.push_back(row(number));
    }
    return all;
}

std::string ScreenText::text() const {
    std::string text;
    for (const std::string& row : rows()) {
        text += row + "\n";
    }
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
}

} // namespace bench
