// The kernel's stacks, which boot/stacks.asm reserves, and the guard pages below each of them,
// which are not mapped.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" std::byte kernel_stack_guard[], kernel_stack_bottom[];
extern "C" std::byte double_fault_stack_guard[], double_fault_stack_bottom[];
extern "C" std::byte double_fault_stack_top[];

namespace kernel {

struct GuardPages {
    const std::byte* start; // their lowest byte
    const std::byte* end;   // the stack's lowest byte

    bool contain(std::uint64_t address) const {
        return address >= reinterpret_cast<std::uint64_t>(start) &&
               address < reinterpret_cast<std::uint64_t>(end);
    }
};

inline constexpr GuardPages kernel_stack_guard_pages{kernel_stack_guard, kernel_stack_bottom};
inline constexpr GuardPages double_fault_stack_guard_pages{double_fault_stack_guard,
                                                           double_fault_stack_bottom};

} // namespace kernel
