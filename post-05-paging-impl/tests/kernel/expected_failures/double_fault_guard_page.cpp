// A negative index into the stack for double faults reaches its guard pages.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

// defined in stacks.asm
extern "C" const volatile std::byte double_fault_stack_bottom[];

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    std::ptrdiff_t index = -1;
    asm volatile("" : "+r"(index)); // hides the value from the compiler
    println("Reading below the double-fault stack ...");
    println("It went on: {}", static_cast<unsigned>(double_fault_stack_bottom[index]));
    halt_forever();
}
