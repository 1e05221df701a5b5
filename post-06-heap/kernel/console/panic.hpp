// panic("frame {} freed twice", number): a promise is broken, and going on would make it worse.
//
// Prints the message and the place of the call, white on red, and stops the machine for good.
// The first line begins with "KERNEL PANIC: "; that is how those who watch from outside know.
#pragma once

#include "console/console.hpp"

#include <source_location>
#include <type_traits>

namespace kernel {

// A checked format string that knows where it was written.
template <typename... Arguments>
struct PanicMessage {
    consteval PanicMessage(const char* text,
                           std::source_location location = std::source_location::current())
        : format{text}, where{location} {}

    FormatString<Arguments...> format;
    std::source_location where;
};

// The parts of every panic, whatever its arguments.
void begin_panic(); // halts at once if a panic is under way
[[noreturn]] void end_panic(std::source_location where);

template <typename... Arguments>
[[noreturn]] void panic(PanicMessage<std::type_identity_t<Arguments>...> message,
                        const Arguments&... arguments) {
    begin_panic();
    print<Arguments...>(message.format, arguments...);
    end_panic(message.where);
}

} // namespace kernel
