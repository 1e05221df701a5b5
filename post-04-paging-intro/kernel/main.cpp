// Post 04: the kernel explains every page fault, and reads its own page tables.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/active_tables.hpp"
#include "memory/identity_map.hpp"
#include "memory/memory_map_printer.hpp"

using namespace kernel;

// Entered from entry.asm, on the kernel's stack, with interrupts off.
extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();

    console.with(
        [](Console& both) { print_memory_map(both, IdentityMap{}, active_level_4_table()); });
    println("It did not crash!");

    halt_forever();
}
