#include "interrupts/double_fault.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/guard_page.hpp"

// stacks.asm's
extern "C" std::byte kernel_stack_guard[];

namespace kernel {

Never on_double_fault(TrapFrame& frame, std::uint64_t) {
    const GuardPage guard{reinterpret_cast<std::uint64_t>(kernel_stack_guard)};
    const bool overflow = guard.is_reached_by(frame.rsp);
    panic("EXCEPTION: DOUBLE FAULT\n"
          "{}  cr2 {:#018x} (the address of the last page fault)\n{}",
          overflow ? "  The kernel stack has overflowed: rsp lies in its guard page.\n" : "",
          read_cr2(), frame);
}

} // namespace kernel
