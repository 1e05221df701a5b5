// Judges the exercise single-step.

#include "interrupts/single_step.hpp"

#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

asm(".text\n"
    "only_ret: ret\n"
    "ten_nops: .rept 10\n nop\n .endr\n ret\n"
    "a_loop: mov $100, %ecx\n"
    "1: dec %ecx\n jnz 1b\n ret\n"
    "a_call: call only_ret\n ret\n");

extern "C" void only_ret();
extern "C" void ten_nops();
extern "C" void a_loop();
extern "C" void a_call();

namespace {

void a_ret_is_one_instruction() {
    expect_equal(count_instructions(only_ret), 1u);
}

void each_instruction_counts_as_often_as_it_is_executed() {
    expect_equal(count_instructions(ten_nops), 11u);
    expect_equal(count_instructions(a_loop), 1 + 2 * 100 + 1u);
    expect_equal(count_instructions(a_call), 3u);
}

void it_can_be_repeated() {
    for (int i = 0; i < 100; ++i) {
        expect_equal(count_instructions(ten_nops), 11u);
    }
}

void the_flag_is_off_afterwards() {
    count_instructions(only_ret);
    std::uint64_t rflags = 0;
    asm volatile("pushfq\n\tpop %0" : "=r"(rflags));
    expect_equal(rflags & 0x100, 0u);
}

void a_breakpoint_still_returns() {
    breakpoint();
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_interrupts();
    run({
        {"a ret is one instruction", a_ret_is_one_instruction},
        {"each instruction counts as often as it is executed",
         each_instruction_counts_as_often_as_it_is_executed},
        {"it can be repeated", it_can_be_repeated},
        {"the flag is off afterwards", the_flag_is_off_afterwards},
        {"a breakpoint still returns", a_breakpoint_still_returns},
    });
}
