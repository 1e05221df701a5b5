#include "interrupts/exceptions.hpp"

#include "console/console.hpp"
#include "console/panic.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/stacks.hpp"

namespace kernel {
namespace {

constinit InterruptDescriptorTable interrupt_descriptor_table;

// Panics if an INT instruction has caused this frame. `int 8` runs the double fault's handler too,
// but the CPU pushes no error code for it: each field then holds what belongs in the next one.
// RFLAGS in the place of CS is not mistaken for a selector, because its bit 1 is always set.
// [Intel SDM vol. 3A, "Error Code"]
void check_frame(const TrapFrame& frame) {
    const auto code = static_cast<std::uint64_t>(read_cs());
    if (frame.cs == code) {
        return;
    }
    if (frame.rip == code) {
        panic("SOFTWARE INTERRUPT {} at {:#018x}\n"
              "  This is not an exception: the CPU has not pushed an error code.",
              frame.vector, frame.error_code);
    }
}

} // namespace

void on_breakpoint(TrapFrame& frame) {
    print("EXCEPTION: BREAKPOINT\n{}", frame);
}

Never on_double_fault(TrapFrame& frame, std::uint64_t) {
    check_frame(frame);
    // The CPU updates CR2 for each page fault, even for one that it cannot deliver and that becomes
    // a double fault. [Intel SDM vol. 3A, "Interrupt 14—Page-Fault Exception (#PF)"]
    const std::uint64_t cr2 = read_cr2();
    const bool overflow = kernel_stack_guard_pages.contain(cr2);
    panic("EXCEPTION: DOUBLE FAULT\n"
          "{}  cr2 {:#018x} (the address of the last page fault)\n{}",
          overflow ? "  The kernel stack has overflowed into its guard pages.\n" : "", cr2, frame);
}

void initialize_interrupts() {
    interrupt_descriptor_table.set<Vector::breakpoint, on_breakpoint>();
    interrupt_descriptor_table.set<Vector::double_fault, on_double_fault>(
        InterruptStack::double_fault);
    interrupt_descriptor_table.load();
}

} // namespace kernel
