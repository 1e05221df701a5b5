// A range of physical memory in bytes, as boot loaders give it.
#pragma once

#include <cstdint>
#include <limits>

namespace kernel {

// The ends may lie anywhere, even where no frame begins. `end` is the first byte after the range.
struct PhysicalRange {
    std::uint64_t start = 0;
    std::uint64_t end = 0;

    // A range that would reach beyond 64 bits ends there.
    static constexpr PhysicalRange of_size(std::uint64_t start, std::uint64_t size) {
        constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
        return {start, size <= last - start ? start + size : last};
    }

    // Also true if the range ends before it starts.
    constexpr bool is_empty() const { return start >= end; }

    constexpr std::uint64_t size() const { return is_empty() ? 0 : end - start; }

    constexpr bool contains(std::uint64_t address) const {
        return start <= address && address < end;
    }

    friend constexpr bool operator==(const PhysicalRange&, const PhysicalRange&) = default;
};

} // namespace kernel
