// A piece of physical memory, counted in bytes, as memory maps and boot loaders give it.
//
// Its ends need not be where frames begin, and nobody has checked them: they are plain numbers.
#pragma once

#include <cstdint>
#include <limits>

namespace kernel {

// Half open: `end` is the first byte that no longer belongs to it.
struct PhysicalRange {
    std::uint64_t start = 0;
    std::uint64_t end = 0;

    // As memory maps count. What would reach beyond 64 bits ends there.
    static constexpr PhysicalRange of_size(std::uint64_t start, std::uint64_t size) {
        constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
        return {start, size <= last - start ? start + size : last};
    }

    // Also if it ends before it starts.
    constexpr bool is_empty() const { return start >= end; }

    constexpr std::uint64_t size() const { return is_empty() ? 0 : end - start; }

    // The parts of it on either side of an address, which itself belongs to the upper one. Each
    // may be empty.
    constexpr PhysicalRange below(std::uint64_t address) const {
        return {start, end < address ? end : address};
    }
    constexpr PhysicalRange from(std::uint64_t address) const {
        return {start > address ? start : address, end};
    }

    friend constexpr bool operator==(const PhysicalRange&, const PhysicalRange&) = default;
};

static_assert(PhysicalRange::of_size(0x1000, 0x2000) == PhysicalRange{0x1000, 0x3000});
static_assert(PhysicalRange{0x3000, 0x1000}.is_empty() &&
              PhysicalRange{0x3000, 0x1000}.size() == 0);

} // namespace kernel
