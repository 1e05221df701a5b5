// What is left of the task state segment in 64-bit mode: stacks for the CPU to switch to.
// [Intel SDM vol. 3A, "Task Management in 64-Bit Mode"]
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

// Which entry of the interrupt stack table a gate makes the CPU switch to. The numbers are the
// hardware's: they begin at 1, and 0 means that the CPU stays on the stack it has.
enum class InterruptStack : std::uint8_t { none = 0, double_fault = 1 };

// Laid out in words of 4 bytes: the manual's 8-byte addresses lie at odd multiples of 4.
class TaskStateSegment {
public:
    // No stack is set. There is no I/O permission map: its base lies behind the segment's end.
    constexpr TaskStateSegment() {
        words_[io_map_base] = std::uint32_t{sizeof(TaskStateSegment)} << 16;
    }

    // `top` is the address behind the stack's highest byte, a multiple of 16.
    template <InterruptStack stack>
    constexpr void set(std::uint64_t top) {
        static_assert(stack != InterruptStack::none);
        constexpr std::size_t low = first_interrupt_stack + 2 * (static_cast<int>(stack) - 1);
        words_[low] = static_cast<std::uint32_t>(top);
        words_[low + 1] = static_cast<std::uint32_t>(top >> 32);
    }

private:
    static constexpr std::size_t first_interrupt_stack = 9; // numbers of words
    static constexpr std::size_t io_map_base = 25;          // the upper half of it

    std::array<std::uint32_t, 26> words_{};
};

static_assert(sizeof(TaskStateSegment) == 104);

} // namespace kernel
