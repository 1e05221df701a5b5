// The standard library's own checks, enabled for this file: the hook panics.

#define _GLIBCXX_ASSERTIONS

#include "console/panic.hpp"
#include "cpu/instructions.hpp"

#include <array>

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    const std::array<short, 3> numbers{1, 2, 3};
    volatile std::size_t fourth = 3;
    println("Reading the 4th of {} numbers ...", numbers.size());
    println("It is {}", numbers[fourth]);
    halt_forever();
}
