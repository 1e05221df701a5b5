// print_to(sink, "{} at {:#x}", cause, address): std::format's notation, checked by the compiler.
#pragma once

#include "text/format_string.hpp"

#include <string_view>
#include <type_traits>

namespace kernel {

// Writes what stands before the next field and takes it off `rest`, the field's '{' included.
template <TextSink Sink>
constexpr void write_literal(Sink& sink, std::string_view& rest) {
    while (!rest.empty()) {
        const std::size_t brace = rest.find_first_of("{}");
        sink.write(rest.substr(0, brace));
        if (brace == std::string_view::npos) {
            rest = {};
            return;
        }
        const bool doubled = brace + 1 < rest.size() && rest[brace + 1] == rest[brace];
        if (doubled) {
            sink.write(rest.substr(brace, 1));
        }
        rest.remove_prefix(brace + (doubled ? 2 : 1));
        if (!doubled) {
            return;
        }
    }
}

template <TextSink Sink, typename... Arguments>
constexpr void print_to(Sink& sink, FormatString<std::type_identity_t<Arguments>...> format,
                        const Arguments&... arguments) {
    std::string_view rest = format.text();
    ((write_literal(sink, rest), write_value(sink, arguments, take_field(rest).field)), ...);
    write_literal(sink, rest);
}

} // namespace kernel
