// Prints: EXCEPTION: INVALID OPCODE\n  rip 0x

// Judges the exercise invalid-opcode.

#include "support/kernel_test.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

void the_program_continues_behind_it() {
    std::uint64_t value = 1;
    asm volatile("ud2\n\t"
                 "add $10, %0\n\t"
                 "ud2\n\t"
                 "add $100, %0"
                 : "+r"(value)
                 :
                 : "cc");
    expect_equal(value, 111u);
}

void a_breakpoint_still_returns() {
    breakpoint();
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_interrupts();
    run({
        {"the program continues behind it", the_program_continues_behind_it},
        {"a breakpoint still returns", a_breakpoint_still_returns},
    });
}
