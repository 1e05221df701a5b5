#include "interrupts/exceptions.hpp"

#include "console/console.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"

namespace kernel {
namespace {

constinit InterruptDescriptorTable interrupt_descriptor_table;

} // namespace

void on_breakpoint(TrapFrame& frame) {
    print("EXCEPTION: BREAKPOINT\n{}", frame);
}

void initialize_interrupts() {
    interrupt_descriptor_table.set<Vector::breakpoint, on_breakpoint>();
    interrupt_descriptor_table.load();
}

} // namespace kernel
