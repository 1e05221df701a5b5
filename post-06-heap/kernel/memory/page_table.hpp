// A page table: 512 entries that fill one frame.
#pragma once

#include "memory/page_table_entry.hpp"

#include <array>
#include <concepts>
#include <cstddef>

namespace kernel {

struct alignas(4096) PageTable {
    static constexpr std::size_t size = 512;

    // `index` is 0 to 511.
    constexpr PageTableEntry& operator[](std::size_t index) { return entries[index]; }
    constexpr const PageTableEntry& operator[](std::size_t index) const { return entries[index]; }

    std::array<PageTableEntry, size> entries{};
};

static_assert(sizeof(PageTable) == 4096);
static_assert(alignof(PageTable) == 4096);

// Makes the page table in a frame accessible: tables hold physical addresses, and the kernel uses
// virtual ones.
template <typename T>
concept FrameAccess = requires(const T& access, Frame<> frame) {
    { access.table_in(frame) } -> std::same_as<PageTable&>;
};

} // namespace kernel
