// A format string that the compiler has checked against the types of its arguments.
#pragma once

#include "text/field.hpp"
#include "text/write_value.hpp"

#include <string_view>

namespace kernel {

// Deliberately neither constexpr nor defined: a call during compilation is an error, and the
// compiler shows the reason with it.
void invalid_format_string(const char* reason);

template <typename... Arguments>
class FormatString {
public:
    consteval FormatString(const char* text) : text_{text} {
        std::string_view rest = text_;
        (check_next(rest, &accepts<Arguments>), ...);
        if (skip_literal(rest)) {
            invalid_format_string("there are more fields than arguments");
        }
    }

    constexpr std::string_view text() const { return text_; }

private:
    // Skips to behind the next '{' that begins a field; false if there is none.
    static consteval bool skip_literal(std::string_view& rest) {
        while (!rest.empty()) {
            const char first = rest.front();
            const bool doubled = rest.size() > 1 && rest[1] == first;
            if (first == '}' && !doubled) {
                invalid_format_string("a single '}': write '}}' to print one");
            }
            if (first == '{' && !doubled) {
                rest.remove_prefix(1);
                return true;
            }
            rest.remove_prefix(first == '{' || first == '}' ? 2 : 1);
        }
        return false;
    }

    static consteval void check_next(std::string_view& rest, bool (*accepts_field)(Field)) {
        if (!skip_literal(rest)) {
            invalid_format_string("there are more arguments than fields");
        }
        const ParsedField next = take_field(rest);
        if (next.error == FieldError::unclosed) {
            invalid_format_string("a '{' without its '}': write '{{' to print one");
        }
        if (next.error == FieldError::bad_specification) {
            invalid_format_string("a field is {} or {:[#][0][width][d|x|X|b]}");
        }
        if (next.error == FieldError::too_wide) {
            invalid_format_string("a field is wider than the screen");
        }
        if (!accepts_field(next.field)) {
            invalid_format_string("the argument cannot be printed in the way its field asks for");
        }
    }

    std::string_view text_;
};

} // namespace kernel
