// A local array larger than the stack and its guard pages together, in a function that does not
// touch the memory in between.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

#include <array>

using namespace kernel;

namespace {

[[gnu::noinline]] unsigned use_a_large_array() {
    std::array<unsigned char, 48 * 1024> bytes{};
    asm volatile("" : : "r"(bytes.data()) : "memory"); // keeps the array
    return bytes[0];
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Overflowing the stack ...");
    println("It went on: {}", use_a_large_array());
    halt_forever();
}
