// Ends: panics
// Prints: KERNEL PANIC: EXCEPTION: GENERAL PROTECTION\n(.*\n)?  rip 0x0[0-9a-f]+  cs 0x0008 .*\n.*
// error  0x00000140\n

// Judges the exercise general-protection.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Loading selector 0x140 ...");
    asm volatile("mov %0, %%ds" : : "r"(0x140));
    println("It was loaded.");
    for (;;) {
    }
}
