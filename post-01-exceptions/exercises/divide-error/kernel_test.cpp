// Ends: panics
// Prints: ^Dividing at (0x[0-9a-f]{16}) \.\.\.\n\nKERNEL PANIC: EXCEPTION: DIVIDE ERROR\n  rip \1

// Judges the exercise divide-error.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"

using namespace kernel;

extern "C" const char the_division[];

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_interrupts();
    println("Dividing at {:#018x} ...", reinterpret_cast<std::uint64_t>(the_division));
    std::uint64_t quotient = 1;
    asm volatile("xor %%edx, %%edx\n\t"
                 "xor %%ecx, %%ecx\n"
                 "the_division: div %%rcx"
                 : "+a"(quotient)
                 :
                 : "rcx", "rdx", "cc");
    println("The quotient is {}", quotient);
    for (;;) {
    }
}
