// Bytes become a format string and values, and what print makes of them is held against what this
// program makes of them in another way. The compiler checks the format strings of a kernel; what is
// wrong in one must be found here too.

#include "../unit/string_sink.hpp"
#include "fuzz_input.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstring>
#include <optional>
#include <regex>

namespace {

using namespace kernel;

std::uint64_t number_in(FuzzInput& input) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) {
        number = number << 8 | input.byte();
    }
    return number;
}

// The field's grammar once more, as a regular expression.
std::optional<Field> field_in(const std::string& text) {
    static const std::regex grammar{"(:(#?)(0?)([0-9]*)([dxXb]?))?"};
    std::smatch parts;
    if (!std::regex_match(text, parts, grammar)) {
        return std::nullopt;
    }
    const std::string width = parts[4].str().substr(
        std::min(parts[4].str().find_first_not_of('0'), parts[4].str().size()));
    if (width.size() > 2 || (!width.empty() && std::stoul(width) > Field::max_width)) {
        return std::nullopt;
    }
    return Field{.alternate = parts[2].length() != 0,
                 .zero_fill = parts[3].length() != 0,
                 .width = width.empty() ? 0U : static_cast<unsigned>(std::stoul(width)),
                 .type = parts[5].length() != 0 ? parts[5].str()[0] : '\0'};
}

std::string digits_of(std::uint64_t value, Field field) {
    char text[72];
    switch (field.type) {
    case 'x':
        std::snprintf(text, sizeof(text), "%" PRIx64, value);
        return text;
    case 'X':
        std::snprintf(text, sizeof(text), "%" PRIX64, value);
        return text;
    case 'b': {
        std::string bits;
        for (int bit = 63; bit >= 0; --bit) {
            bits += (value >> bit & 1) != 0 ? '1' : '0';
        }
        return bits.substr(std::min(bits.find('1'), std::size_t{63}));
    }
    default:
        std::snprintf(text, sizeof(text), "%" PRIu64, value);
        return text;
    }
}

std::string number_as_text(std::uint64_t magnitude, bool negative, Field field) {
    std::string front = negative ? "-" : "";
    if (field.alternate && field.type != 'd' && field.type != '\0') {
        front += std::string{"0"} + field.type;
    }
    const std::string digits = digits_of(magnitude, field);
    const std::size_t length = front.size() + digits.size();
    const std::string padding(field.width > length ? field.width - length : 0,
                              field.zero_fill ? '0' : ' ');
    return field.zero_fill ? front + padding + digits : padding + front + digits;
}

std::string text_as_text(std::string text, Field field) {
    text.resize(std::max<std::size_t>(text.size(), field.width), ' ');
    return text;
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
                number_as_text(negative ? ~extended + 1 : extended, negative, field),
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
    require(written(std::string_view{text}, field) == text_as_text(text, field),
            "text is written as its field says");
    require(written(bits % 2 == 0, field) == text_as_text(bits % 2 == 0 ? "true" : "false", field),
            "so is a truth value");
    Field pointer = field;
    pointer.alternate = true;
    pointer.type = 'x';
    require(written(reinterpret_cast<const void*>(bits), field) ==
                number_as_text(bits, false, pointer),
            "and a pointer");
}

// What stands before the first field that a checked format string has.
void check_literal(const std::string& format) {
    std::string expected;
    std::size_t at = 0;
    bool field = false;
    while (at < format.size() && !field) {
        const bool brace = format[at] == '{' || format[at] == '}';
        const bool doubled = brace && at + 1 < format.size() && format[at + 1] == format[at];
        field = brace && !doubled;
        if (!field) {
            expected += format[at];
        }
        at += doubled ? 2 : 1;
    }
    StringSink sink;
    std::string_view rest = format;
    write_literal(sink, rest);
    require(sink.text == expected, "what is no field is written as it stands");
    require(rest == std::string_view{format}.substr(at), "and the field is next");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzInput input{data, size};
    std::string format;
    for (int length = input.byte() % 16; length > 0 && !input.empty(); --length) {
        format += static_cast<char>(input.byte());
    }
    check_literal(format);
    std::string_view rest = format;
    const ParsedField parsed = take_field(rest);
    const std::size_t end = format.find('}');
    require((parsed.error == FieldError::unclosed) == (end == std::string::npos),
            "a field without its end is found");
    if (end == std::string::npos) {
        return 0;
    }
    require(rest == std::string_view{format}.substr(end + 1), "the rest begins behind the field");
    const auto field = field_in(format.substr(0, end));
    require((parsed.error == FieldError::none) == field.has_value(),
            "a field is accepted if it is one");
    if (field) {
        require(parsed.field == *field, "a field is read as it is written");
        check_values(input, *field);
    }
    return 0;
}
