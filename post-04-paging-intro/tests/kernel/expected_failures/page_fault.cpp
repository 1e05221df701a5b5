// A page fault: the panic says where, and names the likely cause.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    asm volatile("movb $0, (%0)" : : "r"(0xDEAD'BEEFul) : "memory");
    println("It went on.");
    halt_forever();
}
