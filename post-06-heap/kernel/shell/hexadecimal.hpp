// Reads a number as a person types an address: 0xb8000, or without the 0x.
#pragma once

#include <charconv>
#include <cstdint>
#include <expected>
#include <string_view>

namespace kernel {

enum class HexadecimalError : std::uint8_t {
    not_a_number, // there are no digits, or not only digits
    too_large,    // more than 64 bits
};

inline std::expected<std::uint64_t, HexadecimalError> parse_hexadecimal(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
    }
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value, 16);
    if (error == std::errc::invalid_argument || rest != end) {
        return std::unexpected{HexadecimalError::not_a_number};
    }
    if (error == std::errc::result_out_of_range) { // all of it was digits
        return std::unexpected{HexadecimalError::too_large};
    }
    return value;
}

} // namespace kernel
