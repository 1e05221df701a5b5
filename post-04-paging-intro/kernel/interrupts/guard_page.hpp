// The unmapped page below a stack.
#pragma once

#include <cstdint>

namespace kernel {

class GuardPage {
public:
    static constexpr std::uint64_t size = 4096; // bytes

    // `start` is the page's lowest address; the stack's lowest byte lies at start + size.
    constexpr explicit GuardPage(std::uint64_t start) : start_{start} {}

    // Whether the byte at `address` lies in the page.
    constexpr bool contains(std::uint64_t address) const {
        return address >= start_ && address < start_ + size;
    }

    // Whether a fault with this stack pointer means that the stack is used up. The end counts
    // too: a stack pointer at the stack's lowest byte is where the next push meets the guard.
    constexpr bool is_reached_by(std::uint64_t rsp) const {
        return rsp >= start_ && rsp <= start_ + size;
    }

private:
    std::uint64_t start_;
};

} // namespace kernel
