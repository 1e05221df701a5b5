// A page fault in a kernel that has no handler for it: the panic says where.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    asm volatile("movb $0, (%0)" : : "r"(0xDEAD'BEEFul) : "memory");
    println("It went on.");
    __builtin_unreachable();
}
