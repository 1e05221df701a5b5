// What stands on the VGA text screen: 25 rows of 80 cells, two bytes each at physical 0xB8000,
// the character (code page 437) and its attribute (background << 4 | foreground).
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

    // A row without the blanks on its right. A character that is not printable ASCII, such as
    // the block 0xFE, reads as '?'; 0 reads as a blank. Throws std::out_of_range.
    std::string row(std::size_t number) const;

    std::vector<std::string> rows() const; // all 25

    // The rows with "\n" between them, without the empty ones at the bottom.
    std::string text() const;

    // The bytes themselves. Throw std::out_of_range.
    std::uint8_t character(std::size_t row, std::size_t column) const;
    std::uint8_t attribute(std::size_t row, std::size_t column) const;

private:
    std::uint8_t byte(std::size_t row, std::size_t column, std::size_t which) const;

    std::vector<std::byte> cells_;
};

} // namespace bench
