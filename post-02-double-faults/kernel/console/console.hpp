// Where the kernel's text goes: the screen and COM1, always both.
#pragma once

#include "devices/serial_port.hpp"
#include "devices/text_screen.hpp"
#include "text/print.hpp"

#include <string_view>
#include <type_traits>

namespace kernel {

class Console {
public:
    // To be called once, before the first print.
    static void initialize();

    static void set_colors(Colors colors);
    static void write(std::string_view text);
};

static_assert(TextSink<Console>);

// print("{} frames at {:#x}", count, address)
template <typename... Arguments>
void print(FormatString<std::type_identity_t<Arguments>...> format, const Arguments&... arguments) {
    Console console;
    print_to(console, format, arguments...);
}

// The same with a line end.
template <typename... Arguments>
void println(FormatString<std::type_identity_t<Arguments>...> format,
             const Arguments&... arguments) {
    print<Arguments...>(format, arguments...);
    Console::write("\n");
}

} // namespace kernel
