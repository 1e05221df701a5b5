// The kernel's allocator: free blocks of the most common sizes are kept ready, in one list for each
// size class; behind the lists is a SegregatedFit.
//
//     classes   16 B   32 B   48 B  ...  256 B   288 B  ...  512 B   576 B  ...  1 KiB
//                |             |                   |
//                v             v                   v
//               [ ]->[ ]      [ ]                 [ ]->[ ]->[ ]
//
// An allocation takes the first block from the list of its class, and a freed block goes back
// there: a few instructions each. But blocks in the lists cannot join with their neighbours and
// cannot serve other sizes, so their sum is limited to an eighth of the memory, the budget. When
// the budget is used up, freed blocks go to the SegregatedFit, and an allocation that finds its
// list empty takes one block from another list and frees it, so that the lists follow what the
// program does: one and not all, because no single operation should take long. Only when there is
// no large enough free block are all lists emptied.
#pragma once

#include "heap/segregated_fit.hpp"

namespace kernel {

// The classes, in granules: for every size up to the largest, the size that it is rounded up to. On
// average this wastes less than 3 % of the memory.
inline constexpr std::size_t largest_class = 64; // 1 KiB
inline constexpr std::array<std::uint8_t, largest_class + 1> class_sizes = [] {
    std::array<std::uint8_t, largest_class + 1> sizes{};
    for (std::size_t size = 1; size <= largest_class; ++size) {
        const std::size_t step = size <= 16 ? 1 : size <= 32 ? 2 : 4;
        sizes[size] = static_cast<std::uint8_t>(align_up(size, step));
    }
    return sizes;
}();

class SizeClassAllocator {
public:
    constexpr SizeClassAllocator() = default; // has no memory
    SizeClassAllocator(std::byte* start, std::uint64_t* table) : fit_{start, table} {}

    static constexpr std::size_t table_bytes(std::size_t bytes) {
        return SegregatedFit::table_bytes(bytes);
    }
    void grow(std::size_t bytes);

    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        fit_.for_each_free_block(visit);
        for (std::size_t granules = 1; granules <= largest_class; ++granules) {
            for (const CachedBlock* block = cached_[granules]; block; block = block->next) {
                visit(std::span{reinterpret_cast<const std::byte*>(block), granules * granule},
                      BlockState::cached);
            }
        }
    }

private:
    struct CachedBlock {
        CachedBlock* next;
    };

    // These two are not inlined, so that allocate() saves no registers.
    // Returns a block of this class, whose list is empty.
    [[gnu::noinline]] void* refill(std::size_t granules);
    // Returns a free block; first empties all lists if no free block is large enough.
    [[gnu::noinline]] void* allocate_from_fit(Layout layout);
    void free_cached_block(std::size_t granules);

    SegregatedFit fit_;
    std::size_t budget_ = 0;                               // granules
    std::size_t unused_budget_ = 0;                        // granules
    std::size_t next_class_ = 0;                           // from which refill() takes a block next
    std::array<CachedBlock*, largest_class + 1> cached_{}; // the first of each list
};

static_assert(Allocator<SizeClassAllocator>);

} // namespace kernel
