#include "interrupts/double_fault.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/frame_check.hpp"
#include "interrupts/guard_pages.hpp"

// stacks.asm's
extern "C" std::byte kernel_stack_guard[];
extern "C" std::byte kernel_stack_bottom[];

namespace kernel {

Never on_double_fault(TrapFrame& frame, std::uint64_t) {
    check_frame(frame);
    const GuardPages guard{kernel_stack_guard, kernel_stack_bottom};
    const std::uint64_t cr2 = read_cr2();
    // A compiler may move RSP, to below the guard pages even, and only then touch what it has
    // passed: so CR2 is looked at too.
    const bool overflow = guard.is_reached_by(frame.rsp) || guard.is_reached_by(cr2);
    panic("EXCEPTION: DOUBLE FAULT\n"
          "{}  cr2 {:#018x} (the address of the last page fault)\n{}",
          overflow ? "  The kernel stack has overflowed into its guard pages.\n" : "", cr2, frame);
}

} // namespace kernel
