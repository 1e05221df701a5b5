// print_to(sink, "{} at {:#018x}", cause, address): the notation of std::format.
//
// The compiler takes the format string apart and checks it against the types of the arguments.
// A field is
//
//     { [ : [#] [0] [width] [x] ] }
//
// where x writes in base 16, '#' puts 0x in front, and '0' fills with zeros up to the width, which
// is at most 80. [ISO C++, "Standard format specifiers"] There is no {{ for a brace: pass '{' as an
// argument.
#pragma once

#include "text/write_value.hpp"

#include <array>
#include <string_view>
#include <type_traits>

namespace kernel {

// Neither constexpr nor defined: when the compiler meets a call while it checks a format string, it
// reports an error and shows the call, with its reason.
void invalid_format_string(const char* reason);

// `text` is the part between the braces.
constexpr Field parse_field(std::string_view text) {
    const auto take = [&text](char wanted) {
        const bool found = text.starts_with(wanted);
        text.remove_prefix(found ? 1 : 0);
        return found;
    };
    Field field;
    if (take(':')) {
        field.prefix = take('#');
        field.zero_fill = take('0');
        for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1)) {
            field.width = field.width * 10 + static_cast<unsigned>(text[0] - '0');
            if (field.width > Field::max_width) {
                invalid_format_string("a field is wider than the screen");
            }
        }
        field.hexadecimal = take('x');
    }
    if (!text.empty()) {
        invalid_format_string("a field is {} or {:[#][0][width][x]}");
    }
    return field;
}

struct FormatPiece {
    std::string_view literal; // in front of the field
    Field field;
};

// Removes the next field, and the literal text in front of it, from `format`, and returns both.
constexpr FormatPiece take_piece(std::string_view& format, bool (*accepts_field)(Field)) {
    const std::size_t open = format.find_first_of("{}");
    const std::size_t close = format.find('}', open);
    if (open == std::string_view::npos) {
        invalid_format_string("there are more arguments than fields");
    }
    if (close == std::string_view::npos || close == open) {
        invalid_format_string("a '{' without its '}', or a '}' without its '{'");
    }
    const Field field = parse_field(format.substr(open + 1, close - open - 1));
    if (!accepts_field(field)) {
        invalid_format_string("the argument cannot be printed in the way its field asks for");
    }
    const std::string_view literal = format.substr(0, open);
    format.remove_prefix(close + 1);
    return {literal, field};
}

template <typename... Arguments>
struct FormatString {
    consteval FormatString(const char* text)
        : rest{text}, pieces{take_piece(rest, &accepts<Arguments>)...} {
        if (rest.find_first_of("{}") != std::string_view::npos) {
            invalid_format_string("there are more fields than arguments, or a single brace");
        }
    }

    std::string_view rest; // after the last field
    std::array<FormatPiece, sizeof...(Arguments)> pieces;
};

template <TextSink Sink, typename... Arguments>
void print_to(Sink& sink, const FormatString<std::type_identity_t<Arguments>...>& format,
              const Arguments&... arguments) {
    [[maybe_unused]] auto piece = format.pieces.begin();
    ((sink.write(piece->literal), write_value(sink, arguments, (piece++)->field)), ...);
    sink.write(format.rest);
}

} // namespace kernel
