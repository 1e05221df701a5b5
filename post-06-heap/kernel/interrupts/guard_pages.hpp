// The unmapped pages below a stack.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

class GuardPages {
public:
    // From the lowest address up to `end`, where the stack's lowest byte lies.
    constexpr GuardPages(std::uint64_t start, std::uint64_t end) : start_{start}, end_{end} {}

    // The same by the symbols of stacks.asm.
    GuardPages(const std::byte* guard, const std::byte* stack_bottom)
        : GuardPages{reinterpret_cast<std::uint64_t>(guard),
                     reinterpret_cast<std::uint64_t>(stack_bottom)} {}

    // Whether the byte at `address` lies in one of the pages.
    constexpr bool contains(std::uint64_t address) const {
        return address >= start_ && address < end_;
    }

    // Whether a fault with this stack pointer means that the stack is used up. The end counts
    // too: a stack pointer at the stack's lowest byte is where the next push meets the guard.
    constexpr bool is_reached_by(std::uint64_t rsp) const { return rsp >= start_ && rsp <= end_; }

private:
    std::uint64_t start_;
    std::uint64_t end_;
};

} // namespace kernel
