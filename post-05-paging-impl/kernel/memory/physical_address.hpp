// An address as memory and devices see it, after translation.
//
// The architecture allows 52 bits; how many a CPU has, CPUID says. A physical address is no pointer
// and never becomes a virtual one by itself: that is what a FrameAccess is for.
// [Intel SDM vol. 3A, "Enumeration of Paging Features by CPUID"]
#pragma once

#include "cpu/bits.hpp"

#include <compare>
#include <cstdint>
#include <expected>

namespace kernel {

struct TooLarge {
    std::uint64_t value; // that was given
};

class PhysicalAddress {
public:
    constexpr PhysicalAddress() = default; // 0

    // An error if one of bits 63 to 52 is set.
    static constexpr std::expected<PhysicalAddress, TooLarge> checked(std::uint64_t value) {
        if (Bits<51, 0>::get(value) != value) {
            return std::unexpected{TooLarge{value}};
        }
        return PhysicalAddress{value};
    }

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

static_assert(PhysicalAddress::checked(0x000F'FFFF'FFFF'FFFF).has_value());
static_assert(!PhysicalAddress::checked(0x0010'0000'0000'0000).has_value());

} // namespace kernel
