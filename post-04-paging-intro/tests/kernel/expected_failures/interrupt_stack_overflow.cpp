// A double-fault handler that overflows its own stack. It hits the guard pages, which is another
// double fault and no triple fault, because the CPU had finished calling the handler. So the CPU
// calls it again, from the stack's top, for ever.

#include "console/console.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

Never overflow_again(TrapFrame&, std::uint64_t) {
    println("Overflowing the double fault's stack ...");
    for (;;) {
        asm volatile("push %rax"); // the compiler cannot turn this into a loop without a stack
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
