#include "interrupts/exceptions.hpp"

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/double_fault.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/page_fault.hpp"
#include "interrupts/timer.hpp"
#include "interrupts/unexpected.hpp"

namespace kernel {
namespace {

constinit InterruptDescriptorTable interrupt_descriptor_table;

// Until CR4.MCE is set, a machine check does not raise vector 18: the CPU shuts down.
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

void initialize_interrupts() {
    const SegmentSelector code = read_cs();
    interrupt_descriptor_table.set<Vector::breakpoint, on_breakpoint>(code);
    interrupt_descriptor_table.set<Vector::double_fault, on_double_fault>(
        code, InterruptStack::double_fault);
    interrupt_descriptor_table.set<Vector::page_fault, on_page_fault>(code);
    interrupt_descriptor_table.set<Vector::timer, on_timer>(code);
    interrupt_descriptor_table.set<Vector::keyboard, on_keyboard>(code);
    interrupt_descriptor_table.set<Vector::spurious_first, on_spurious>(code);
    interrupt_descriptor_table.set<Vector::spurious_second, on_spurious>(code);
    interrupt_descriptor_table.set_all_others<on_unexpected>(code);
    interrupt_descriptor_table.load();
    enable_machine_checks();
}

} // namespace kernel
