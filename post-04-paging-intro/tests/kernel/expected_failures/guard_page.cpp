// A negative index into the kernel's stack reaches its guard pages. The stack itself is not full,
// so this is not a double fault.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

// defined in stacks.asm
extern "C" const volatile std::byte kernel_stack_bottom[];

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    std::ptrdiff_t index = -1;
    asm volatile("" : "+r"(index)); // hides the value from the compiler
    println("Reading below the stack ...");
    println("It went on: {}", static_cast<unsigned>(kernel_stack_bottom[index]));
    halt_forever();
}
