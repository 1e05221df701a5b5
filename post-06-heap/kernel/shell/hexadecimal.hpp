// Reads a number as a person types an address: 0xb8000, or without the 0x.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kernel {

// Nothing if there is anything else in `text`, or more than 64 bits.
inline std::optional<std::uint64_t> parse_hexadecimal(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
    }
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value, 16);
    return error == std::errc{} && rest == end ? std::optional{value} : std::nullopt;
}

} // namespace kernel
