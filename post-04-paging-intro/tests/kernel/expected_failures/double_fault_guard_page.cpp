// An index runs below the stack that is kept for double faults, into its guard pages.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

// stacks.asm's
extern "C" const volatile std::byte double_fault_stack_bottom[];

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    std::ptrdiff_t index = -1;
    asm volatile("" : "+r"(index)); // the compiler knows no longer what it is
    println("Reading below the double-fault stack ...");
    println("It went on: {}", static_cast<unsigned>(double_fault_stack_bottom[index]));
    __builtin_unreachable();
}
