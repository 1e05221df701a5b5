// A text sink that a test can read.
#pragma once

#include "text/format_string.hpp"

#include <string>
#include <string_view>
#include <type_traits>

struct StringSink {
    void write(std::string_view part) { text += part; }
    std::string text{};
};

static_assert(kernel::TextSink<StringSink>);

// What print_to writes, as a string.
template <typename... Arguments>
std::string printed(const kernel::FormatString<std::type_identity_t<Arguments>...>& format,
                    const Arguments&... arguments) {
    StringSink sink;
    kernel::print_to<StringSink, Arguments...>(sink, format, arguments...);
    return sink.text;
}
