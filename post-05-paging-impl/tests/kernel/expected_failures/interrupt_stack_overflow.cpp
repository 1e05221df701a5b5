// A double-fault handler that overflows its own stack. Its guard pages stop it, and that is another
// double fault, not a third fault: the CPU was done with calling the handler. So it calls it again,
// from the stack's top, and round it goes.

#include "console/console.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

Never overflow_again(TrapFrame&, std::uint64_t) {
    println("Overflowing the double fault's stack ...");
    for (;;) {
        asm volatile("push %rax"); // no compiler can make a loop without a stack of this
    }
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::double_fault, overflow_again>(InterruptStack::double_fault);
    table.load();
    println("Overflowing the stack ...");
    for (;;) {
        asm volatile("push %rax");
    }
}
