#include "interrupts/exceptions.hpp"

#include "console/console.hpp"
#include "console/panic.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/page_fault.hpp"
#include "interrupts/stacks.hpp"
#include "interrupts/timer.hpp"

#include <array>

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
    // The manual does not say what CS is after a double fault, so it may be anything then.
    if (static_cast<Vector>(frame.vector) != Vector::double_fault) {
        panic("VECTOR {}, with a frame that the CPU did not push\n"
              "  cs is not the kernel's code segment, {:#06x}: do not trust these fields.\n{}",
              frame.vector, code, frame);
    }
}

// Until CR4.MCE is set, a machine check shuts the CPU down instead of raising vector 18.
// [Intel SDM vol. 3B, "Machine-Check Architecture"]
void enable_machine_checks() {
    constexpr std::uint32_t machine_check_feature = 1 << 7; // of CPUID leaf 1, in EDX
    constexpr std::uint64_t machine_check_enable = 1 << 6;
    if ((cpuid(1).edx & machine_check_feature) != 0) {
        write_cr4(read_cr4() | machine_check_enable);
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

void on_page_fault(TrapFrame& frame, std::uint64_t error_code) {
    check_frame(frame);
    constexpr std::array guards{kernel_stack_guard_pages, double_fault_stack_guard_pages};
    const PageFaultErrorCode code{error_code};
    const std::uint64_t address = read_cr2();
    panic("EXCEPTION: PAGE FAULT at {:#018x}\n  {}\n  ({})\n{}", address,
          likely_cause(code, address, guards), code, frame);
}

void on_unexpected(TrapFrame& frame) {
    check_frame(frame);
    const auto vector = static_cast<Vector>(frame.vector);
    if (is_exception(vector)) {
        panic("EXCEPTION: {} (vector {} has no handler)\n{}", name_of(vector), frame.vector, frame);
    }
    panic("INTERRUPT (vector {} has no handler)\n{}", frame.vector, frame);
}

void initialize_interrupts() {
    interrupt_descriptor_table.set<Vector::breakpoint, on_breakpoint>();
    interrupt_descriptor_table.set<Vector::double_fault, on_double_fault>(
        InterruptStack::double_fault);
    interrupt_descriptor_table.set<Vector::page_fault, on_page_fault>();
    interrupt_descriptor_table.set<vector_of(Irq::timer), on_timer>();
    interrupt_descriptor_table.set<vector_of(Irq::keyboard), on_keyboard>();
    interrupt_descriptor_table.set<vector_of(Irq::lpt1), on_spurious>();
    interrupt_descriptor_table.set<vector_of(Irq::secondary_ata), on_spurious>();
    interrupt_descriptor_table.set_all_others(on_unexpected);
    interrupt_descriptor_table.load();
    enable_machine_checks();
}

} // namespace kernel
