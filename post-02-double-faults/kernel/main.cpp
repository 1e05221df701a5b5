// Post 02: a fault without a handler ends in a report.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

// Entered from entry.asm, on the kernel's stack, with interrupts off.
extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();

    println("Executing int3 ...");
    breakpoint();
    println("It did not crash!");

    halt_forever();
}
