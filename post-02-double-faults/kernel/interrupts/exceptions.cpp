#include "interrupts/exceptions.hpp"

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/double_fault.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"

namespace kernel {
namespace {

constinit InterruptDescriptorTable interrupt_descriptor_table;

} // namespace

void on_breakpoint(TrapFrame& frame) {
    print("EXCEPTION: BREAKPOINT\n{}", frame);
}

void initialize_interrupts() {
    const SegmentSelector code = read_cs();
    interrupt_descriptor_table.set<Vector::breakpoint, on_breakpoint>(code);
    interrupt_descriptor_table.set<Vector::double_fault, on_double_fault>(
        code, InterruptStack::double_fault);
    interrupt_descriptor_table.load();
}

} // namespace kernel
