// A stack overflow with a double-fault handler on the same stack: the CPU cannot push the double
// fault's frame, which is a triple fault.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::double_fault, on_double_fault>(InterruptStack::none);
    table.load();
    println("Overflowing the stack ...");
    for (;;) {
        asm volatile("push %rax"); // the compiler cannot change this
    }
}
