// An address as memory and devices see it, after translation.
//
// The architecture allows 52 bits; CPUID tells how many of them a CPU has. A physical address is
// not a pointer and never turns into a virtual one on its own: that takes a FrameAccess.
// [Intel SDM vol. 3A, "Enumeration of Paging Features by CPUID"]
#pragma once

#include "cpu/bits.hpp"

#include <compare>
#include <cstdint>

namespace kernel {

// Never has more than 52 bits.
class PhysicalAddress {
public:
    constexpr PhysicalAddress() = default; // 0

    // The lower 52 bits of `value`.
    static constexpr PhysicalAddress truncated(std::uint64_t value) {
        return PhysicalAddress{Bits<51, 0>::get(value)};
    }

    constexpr std::uint64_t value() const { return value_; }

    friend constexpr auto operator<=>(PhysicalAddress, PhysicalAddress) = default;

private:
    constexpr explicit PhysicalAddress(std::uint64_t value) : value_{value} {}

    std::uint64_t value_ = 0;
};

} // namespace kernel
