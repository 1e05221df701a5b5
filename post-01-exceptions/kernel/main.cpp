// Post 01: the kernel runs into an exception on purpose, and survives it.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"

using namespace kernel;

// Entered from entry.asm, on the kernel's stack, with interrupts off.
extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Hello from a kernel written in C++!");
    initialize_interrupts();

    println("Executing int3 ...");
    breakpoint();
    println("It did not crash!");

    halt_forever();
}
