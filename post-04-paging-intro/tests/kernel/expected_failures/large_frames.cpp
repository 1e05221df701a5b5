// A recursion with frames larger than all guard pages together.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

#include <array>

using namespace kernel;

#pragma GCC diagnostic ignored "-Winfinite-recursion"

namespace {

[[gnu::noinline]] std::uint64_t recurse(std::uint64_t depth) {
    std::array<unsigned char, 10 * 1024> bytes;
    asm volatile("" : : "r"(bytes.data()) : "memory"); // keeps the array
    std::uint64_t result = recurse(depth + 1);
    asm volatile("" : "+r"(result));
    return result + depth;
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Overflowing the stack ...");
    println("It went on: {}", recurse(0));
    halt_forever();
}
