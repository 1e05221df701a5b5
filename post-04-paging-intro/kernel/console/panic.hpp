// panic("frame {} freed twice", number): the kernel has found a mistake that it cannot survive.
//
// Prints the message and the place of the call, white on red, and stops the machine for good. The
// first line begins with "KERNEL PANIC: ", which is what `make run` and the tests look for.
#pragma once

#include "console/console.hpp"

#include <source_location>
#include <type_traits>

namespace kernel {

// A format string that knows where it was written.
template <typename... Arguments>
struct PanicMessage {
    consteval PanicMessage(const char* text,
                           std::source_location location = std::source_location::current())
        : format{text}, where{location} {}

    FormatString<Arguments...> format;
    std::source_location where;
};

// The parts of panic() that do not depend on the arguments.
void begin_panic(); // does not return if a panic is already being reported: says so, then halts
[[noreturn]] void end_panic(std::source_location where);

template <typename... Arguments>
[[noreturn]] void panic(const PanicMessage<std::type_identity_t<Arguments>...>& message,
                        const Arguments&... arguments) {
    begin_panic();
    print(message.format, arguments...);
    end_panic(message.where);
}

} // namespace kernel
