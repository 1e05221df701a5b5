// An allocator over a piece of memory that does not grow: its table, if it needs one, takes the
// first bytes, and the allocator has the rest.
#pragma once

#include "heap/allocator.hpp"

#include <cstring>

// How much of `bytes` is left for blocks.
template <kernel::Allocator A>
constexpr std::size_t usable_bytes(std::size_t bytes) {
    const std::size_t table = kernel::align_up(A::table_bytes(bytes), kernel::granule);
    return table < bytes ? kernel::align_down(bytes - table, kernel::granule) : 0;
}

// `memory` begins at a multiple of 16.
template <kernel::Allocator A>
A allocator_over(std::span<std::byte> memory) {
    const std::size_t usable = usable_bytes<A>(memory.size());
    if (usable == 0) {
        return A{};
    }
    const std::size_t table = kernel::align_up(A::table_bytes(memory.size()), kernel::granule);
    std::memset(memory.data(), 0, table);
    A allocator{memory.data() + table, reinterpret_cast<std::uint64_t*>(memory.data())};
    allocator.grow(usable);
    return allocator;
}
