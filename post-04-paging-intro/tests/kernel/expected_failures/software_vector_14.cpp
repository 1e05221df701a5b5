// The handler of page faults, called by INT: the CPU pushes no error code.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Executing int 14 ...");
    asm volatile("int $14");
    println("It went on.");
    halt_forever();
}
