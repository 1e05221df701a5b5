// Turns its input into a format string and values, and compares the output of print with that of
// code of its own. In a kernel the compiler parses the format strings; here the same functions run
// on the host, where a mistake becomes an exception.

#include "../unit/string_sink.hpp"
#include "fuzz_input.hpp"

#include <algorithm>
#include <cinttypes>
#include <optional>
#include <regex>
#include <stdexcept>

void kernel::invalid_format_string(const char* reason) {
    throw std::invalid_argument{reason};
}

namespace {

using namespace kernel;

std::uint64_t number_in(FuzzInput& input) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) {
        number = number << 8 | input.byte();
    }
    return number;
}

struct ExpectedPiece {
    std::string literal;
    Field field;
    std::string rest;
};

// The same grammar as a regular expression. Returns nothing if `format` does not begin with a
// piece.
std::optional<ExpectedPiece> expected_piece(const std::string& format) {
    static const std::regex grammar{R"(([^{}]*)\{(:(#?)(0?)([0-9]*)(x?))?\}([\s\S]*))"};
    std::smatch parts;
    if (!std::regex_match(format, parts, grammar)) {
        return std::nullopt;
    }
    const std::string digits = parts[5].str();
    const std::string width = digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    if (width.size() > 2 || (!width.empty() && std::stoul(width) > Field::max_width)) {
        return std::nullopt;
    }
    const Field field{.prefix = parts[3].length() != 0,
                      .zero_fill = parts[4].length() != 0,
                      .width = width.empty() ? 0U : static_cast<unsigned>(std::stoul(width)),
                      .hexadecimal = parts[6].length() != 0};
    return ExpectedPiece{parts[1].str(), field, parts[7].str()};
}

std::string number_as_text_again(std::uint64_t magnitude, bool negative, Field field) {
    std::string front = negative ? "-" : "";
    front += field.prefix && field.hexadecimal ? "0x" : "";
    char digits[24];
    std::snprintf(digits, sizeof(digits), field.hexadecimal ? "%" PRIx64 : "%" PRIu64, magnitude);
    const std::size_t length = front.size() + std::string_view{digits}.size();
    const std::string padding(field.width > length ? field.width - length : 0,
                              field.zero_fill ? '0' : ' ');
    return field.zero_fill ? front + padding + digits : padding + front + digits;
}

template <typename T>
std::string written(const T& value, Field field) {
    StringSink sink;
    write_value(sink, value, field);
    return sink.text;
}

template <typename T>
void check_integer(std::uint64_t bits, Field field) {
    const T value = static_cast<T>(bits);
    const bool negative = value < 0;
    const auto extended = static_cast<std::uint64_t>(value);
    require(written(value, field) ==
                number_as_text_again(negative ? ~extended + 1 : extended, negative, field),
            "a number is written as its field says");
}

void check_values(FuzzInput& input, Field field) {
    const std::uint64_t bits = number_in(input);
    check_integer<std::int8_t>(bits, field);
    check_integer<std::uint8_t>(bits, field);
    check_integer<std::int16_t>(bits, field);
    check_integer<std::uint16_t>(bits, field);
    check_integer<std::int32_t>(bits, field);
    check_integer<std::uint32_t>(bits, field);
    check_integer<std::int64_t>(bits, field);
    check_integer<std::uint64_t>(bits, field);
    std::string text;
    while (!input.empty()) {
        text += static_cast<char>(input.byte());
    }
    std::string filled = text;
    filled.resize(std::max<std::size_t>(text.size(), field.width), ' ');
    require(written(std::string_view{text}, field) == filled, "text is written as its field says");
    require(written(reinterpret_cast<const void*>(bits), {}) ==
                number_as_text_again(bits, false, {.prefix = true, .hexadecimal = true}),
            "a pointer is written as an address");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzInput input{data, size};
    std::string format;
    for (int length = input.byte() % 16; length > 0 && !input.empty(); --length) {
        format += static_cast<char>(input.byte());
    }
    std::string_view rest = format;
    std::optional<FormatPiece> piece;
    try {
        piece = take_piece(rest, accepts<int>);
    } catch (const std::invalid_argument&) {
    }
    const auto expected = expected_piece(format);
    require(piece.has_value() == expected.has_value(), "a field is accepted if it is one");
    if (piece) {
        require(piece->literal == expected->literal, "what stands in front of a field is kept");
        require(piece->field == expected->field, "a field is read as it is written");
        require(rest == expected->rest, "the rest begins behind the field");
        check_values(input, piece->field);
    }
    return 0;
}
