// The sizes that SizeClassAllocator keeps blocks of, in granules of 16 bytes: every size up to 16,
// and fewer and fewer behind. What a program asks for is rounded up to the next of them, on average
// by a fortieth.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

inline constexpr std::size_t size_class_count = 33;
inline constexpr std::size_t largest_size_class = 64; // granules: 1 KiB

constexpr std::size_t next_size_class(std::size_t size) {
    return size + (size < 16 ? 1 : size < 32 ? 2 : size < 52 ? 4 : 3);
}

// The size of each class, in granules.
inline constexpr std::array<std::uint8_t, size_class_count> size_class_granules = [] {
    std::array<std::uint8_t, size_class_count> sizes{};
    std::size_t size = 0;
    for (std::uint8_t& each : sizes) {
        size = next_size_class(size);
        each = static_cast<std::uint8_t>(size);
    }
    return sizes;
}();
static_assert(size_class_granules.back() == largest_size_class);

// For each number of granules from 1 on the class that it belongs to: the smallest that is large
// enough.
inline constexpr std::array<std::uint8_t, largest_size_class + 1> size_class_of = [] {
    std::array<std::uint8_t, largest_size_class + 1> classes{};
    std::uint8_t current = 0;
    for (std::size_t granules = 1; granules <= largest_size_class; ++granules) {
        if (size_class_granules[current] < granules) {
            ++current;
        }
        classes[granules] = current;
    }
    return classes;
}();

} // namespace kernel
