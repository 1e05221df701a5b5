// A function that calls itself for ever: the kernel stack reaches its guard pages, and the double
// fault is handled on a stack of its own.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

#pragma GCC diagnostic ignored "-Winfinite-recursion"

// The addition after the call, hidden from the compiler, keeps the call from becoming a jump and
// the recursion from becoming a loop.
extern "C" [[gnu::noinline]] std::uint64_t recurse(std::uint64_t depth) {
    std::uint64_t result = recurse(depth + 1);
    asm volatile("" : "+r"(result));
    return result + depth;
}

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Overflowing the stack ...");
    println("It went on: {}", recurse(0));
    halt_forever();
}
