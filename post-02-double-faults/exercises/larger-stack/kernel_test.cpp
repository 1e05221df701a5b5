// Judges the exercise larger-stack.

#include "support/kernel_test.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/stacks.hpp"
#include "support/stack_end.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" std::byte kernel_stack_top[];

namespace {

constinit InterruptDescriptorTable table;
constinit unsigned faults = 0;

Never remember_and_come_back(TrapFrame&, std::uint64_t) {
    ++faults;
    come_back();
}

void the_stack_has_64_kib() {
    expect_equal(static_cast<std::uint64_t>(kernel_stack_top - kernel_stack_bottom), 64u * 1024);
}

void write_below_the_stack() {
    asm volatile("movb $0, -1(%0)" : : "r"(kernel_stack_bottom) : "memory");
}

void the_guard_is_right_below_it() {
    call_on_stack_at(write_below_the_stack,
                     reinterpret_cast<std::uint64_t>(kernel_stack_bottom) + 4096);
    expect_equal(faults, 1u);
    expect_equal(read_cr2(), reinterpret_cast<std::uint64_t>(kernel_stack_bottom) - 1);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::double_fault, remember_and_come_back>(InterruptStack::double_fault);
    table.load();
    run({
        {"the stack has 64 KiB", the_stack_has_64_kib},
        {"the guard is right below it", the_guard_is_right_below_it},
    });
}
