// A jump to the entry code of an exception, without the frame that the CPU would push.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Jumping to the entry of vector 13 ...");
    asm volatile("pushq $0x1234\n\t" // in place of CS
                 "pushq $0x5678\n\t"
                 "pushq $0\n\t"
                 "jmp *%0"
                 :
                 : "r"(interrupt_stubs[13]));
    halt_forever();
}
