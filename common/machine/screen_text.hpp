// The VGA text screen: 25 rows of 80 cells at physical address 0xB8000. A cell is two bytes, the
// character (code page 437) and its attribute (background << 4 | foreground).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bench {

class ScreenText {
public:
    static constexpr std::uint64_t address = 0xB8000;
    static constexpr std::size_t columns = 80;
    static constexpr std::size_t rows_count = 25;
    static constexpr std::size_t size = columns * rows_count * 2; // bytes

    // Throws std::invalid_argument unless there are exactly `size` bytes.
    explicit ScreenText(std::span<const std::byte> memory);

    // Returns a row without the spaces at its end. 0 becomes a space, and any other character that
    // is not printable ASCII becomes '?'. Throws std::out_of_range.
    std::string row(std::size_t number) const;

    std::vector<std::string> rows() const; // all 25

    // Returns the rows with "\n" between them, without the empty rows at the bottom.
    std::string text() const;

    // Return one byte of a cell. They throw std::out_of_range.
    std::uint8_t character(std::size_t row, std::size_t column) const;
    std::uint8_t attribute(std::size_t row, std::size_t column) const;

private:
    std::uint8_t byte(std::size_t row, std::size_t column, std::size_t which) const;

    std::vector<std::byte> cells_;
};

} // namespace bench
