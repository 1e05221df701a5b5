// One replacement field of a format string, "{}" or "{:#018x}", in the grammar of std::format:
//
//     { [ : [#] [0] [width] [type] ] }
//
// '#' writes 0x or 0b in front, '0' fills with zeros up to the width, type is one of d x X b.
// [ISO C++, "Standard format specifiers"]
#pragma once

#include <string_view>

namespace kernel {

struct Field {
    bool alternate = false; // '#'
    bool zero_fill = false; // '0'
    unsigned width = 0;     // at least so many characters; 0 to Field::max_width
    char type = '\0';       // 'd', 'x', 'X', 'b', or none: the value's own default

    static constexpr unsigned max_width = 80; // a line of the screen

    friend constexpr bool operator==(const Field&, const Field&) = default;
};

enum class FieldError : unsigned char { none, unclosed, bad_specification, too_wide };

struct ParsedField {
    Field field{};
    FieldError error = FieldError::none;
};

// Takes one field off the front of `rest`, which begins behind its '{'.
constexpr ParsedField take_field(std::string_view& rest) {
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) {
        return {{}, FieldError::unclosed};
    }
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end + 1);

    Field field;
    const auto take = [&text](char wanted) {
        const bool found = text.starts_with(wanted);
        text.remove_prefix(found ? 1 : 0);
        return found;
    };
    if (!text.empty() && !take(':')) {
        return {{}, FieldError::bad_specification};
    }
    field.alternate = take('#');
    field.zero_fill = take('0');
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        field.width = field.width * 10 + static_cast<unsigned>(text.front() - '0');
        if (field.width > Field::max_width) {
            return {{}, FieldError::too_wide};
        }
        text.remove_prefix(1);
    }
    for (const char type : {'d', 'x', 'X', 'b'}) {
        if (text.starts_with(type)) {
            field.type = type;
            text.remove_prefix(1);
            break;
        }
    }
    if (!text.empty()) {
        return {{}, FieldError::bad_specification};
    }
    return {field, FieldError::none};
}

} // namespace kernel
