// The simplest allocator: a pointer that moves up.
//
//     start                 next               end
//       |  a  |  b  | c |     |                 |
//                             '--> the next block begins here
//
// Blocks that are freed are only counted. When none is left in use, the pointer returns to the
// start: a single block that stays keeps all the memory below the pointer from being used again.
//
// There is one exception. If the block allocated last is the first to be freed, the pointer moves
// back at once. This costs one comparison and helps code that allocates, uses and frees in turn.
#pragma once

#include "heap/allocator.hpp"

namespace kernel {

class BumpAllocator {
public:
    constexpr BumpAllocator() = default; // has no memory
    BumpAllocator(std::byte* start, std::uint64_t*)
        : start_{reinterpret_cast<std::uintptr_t>(start)}, end_{start_}, next_{start_} {}

    static constexpr std::size_t table_bytes(std::size_t) { return 0; }
    void grow(std::size_t bytes);

    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        visit(std::span{reinterpret_cast<const std::byte*>(next_), end_ - next_}, BlockState::free);
    }

private:
    std::uintptr_t start_ = 0;
    std::uintptr_t end_ = 0;
    std::uintptr_t next_ = 0; // the memory from here to the end is free
    std::size_t blocks_ = 0;  // the number of blocks in use
};

static_assert(Allocator<BumpAllocator>);

} // namespace kernel
