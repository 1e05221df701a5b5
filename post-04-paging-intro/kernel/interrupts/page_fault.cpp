#include "interrupts/page_fault.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/frame_check.hpp"
#include "interrupts/page_fault_cause.hpp"

#include <array>

// stacks.asm's
extern "C" std::byte kernel_stack_guard[], kernel_stack_bottom[];
extern "C" std::byte double_fault_stack_guard[], double_fault_stack_bottom[];

namespace kernel {

void on_page_fault(TrapFrame& frame, std::uint64_t error_code) {
    check_frame(frame);
    const std::array guards{GuardPages{kernel_stack_guard, kernel_stack_bottom},
                            GuardPages{double_fault_stack_guard, double_fault_stack_bottom}};
    const PageFaultErrorCode code{error_code};
    const std::uint64_t address = read_cr2();
    panic("EXCEPTION: PAGE FAULT at {:#018x}\n  {}\n  ({})\n{}", address,
          describe(cause_of(code, address, guards)), code, frame);
}

} // namespace kernel
