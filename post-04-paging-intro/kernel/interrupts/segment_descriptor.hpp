// Entries of the global descriptor table.
// [Intel SDM vol. 3A, "Segment Descriptors", "TSS Descriptor in 64-bit mode"]
// [AMD APM vol. 2, "Long-Mode Segment Descriptors"]
#pragma once

#include "cpu/bits.hpp"

#include <cstdint>

namespace kernel {

// A code or data segment. In 64-bit mode its base is 0 and its limit is not looked at.
class SegmentDescriptor {
public:
    static constexpr SegmentDescriptor kernel_code() {
        return SegmentDescriptor{executable | long_mode};
    }
    static constexpr SegmentDescriptor kernel_data() { return SegmentDescriptor{writable}; }

    constexpr std::uint64_t bits() const { return bits_; }

private:
    static constexpr std::uint64_t accessed = Bits<40, 40>::place(1); // or the CPU writes it
    static constexpr std::uint64_t writable = Bits<41, 41>::place(1); // of a data segment
    static constexpr std::uint64_t executable = Bits<43, 43>::place(1);
    static constexpr std::uint64_t ordinary = Bits<44, 44>::place(1); // code or data
    static constexpr std::uint64_t present = Bits<47, 47>::place(1);
    static constexpr std::uint64_t long_mode = Bits<53, 53>::place(1); // 64-bit code

    constexpr explicit SegmentDescriptor(std::uint64_t kind)
        : bits_{present | ordinary | accessed | kind} {}

    std::uint64_t bits_;
};

// Where a task state segment lies. It takes two entries of the table.
class TaskStateSegmentDescriptor {
public:
    // `base` is a linear address, `limit` the offset of the segment's last byte.
    constexpr TaskStateSegmentDescriptor(std::uint64_t base, std::uint16_t limit)
        : low_{LimitLow::place(limit) | BaseLow::place(base) | Type::place(available) |
               Present::place(1) | BaseMiddle::place(base >> 24)},
          high_{BaseHigh::place(base >> 32)} {}

    constexpr std::uint64_t low() const { return low_; }
    constexpr std::uint64_t high() const { return high_; }

private:
    using LimitLow = Bits<15, 0>;
    using BaseLow = Bits<39, 16>;
    using Type = Bits<43, 40>;
    using Present = Bits<47, 47>;
    using BaseMiddle = Bits<63, 56>;
    using BaseHigh = Bits<31, 0>; // of the high word

    static constexpr std::uint64_t available = 0b1001; // a 64-bit TSS that no CPU has loaded yet

    std::uint64_t low_;
    std::uint64_t high_;
};

} // namespace kernel
