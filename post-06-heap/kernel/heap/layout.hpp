// What is asked of an allocator, and said again when the memory comes back.
#pragma once

#include <bit>
#include <cstddef>

namespace kernel {

struct Layout {
    std::size_t size;      // bytes, from 1 to PTRDIFF_MAX, as any object has
    std::size_t alignment; // a power of two

    friend constexpr bool operator==(Layout, Layout) = default;
};

// The next multiple of the alignment, a power of two; the value itself if it is one. Near the end
// of the numbers it wraps around.
constexpr std::size_t align_up(std::size_t value, std::size_t alignment) {
    return (value + alignment - 1) & ~(alignment - 1);
}
constexpr std::size_t align_down(std::size_t value, std::size_t alignment) {
    return value & ~(alignment - 1);
}

static_assert(align_up(0, 16) == 0 && align_up(1, 16) == 16 && align_up(16, 16) == 16);
static_assert(align_down(15, 16) == 0 && align_down(16, 16) == 16);

} // namespace kernel
