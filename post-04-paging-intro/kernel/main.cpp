// Post 04: the kernel explains every page fault, and reads its own page tables.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/direct_map.hpp"
#include "memory/page_table_printer.hpp"

using namespace kernel;

// Entered from entry.asm, on the kernel's stack, with interrupts off.
extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();

    console.with(
        [](Console& both) { print_page_tables(both, identity_map, active_level_4_table()); });
    println("It did not crash!");

    halt_forever();
}
