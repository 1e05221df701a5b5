// Keeps the free memory as a list of holes, in the order of their addresses. The list is stored in
// the holes themselves; a block in use carries no extra bytes.
//
//     first --> | size | next |....|        | size | next |.......|
//               '----- hole -------'  used  '------- hole --------'
//                      '---------------------^
//
// An allocation takes the first hole that is large enough, and cuts the block off its end: the rest
// of the hole stays where it is, and only its size changes. A freed block becomes a hole, or a part
// of the holes that it touches: when all blocks have been freed there is one hole again. Both
// operations walk along the list, so they take longer the more holes there are.
#pragma once

#include "heap/allocator.hpp"

namespace kernel {

class LinkedListAllocator {
public:
    constexpr LinkedListAllocator() = default; // has no memory
    LinkedListAllocator(std::byte* start, std::uint64_t*) : end_{start} {}

    static constexpr std::size_t table_bytes(std::size_t) { return 0; }
    void grow(std::size_t bytes);

    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        for (const Hole* hole = head_.next; hole != nullptr; hole = hole->next) {
            visit(std::span{reinterpret_cast<const std::byte*>(hole), hole->size},
                  BlockState::free);
        }
    }

private:
    struct Hole {
        std::size_t size; // bytes, including this header
        Hole* next;

        std::uintptr_t start() const { return reinterpret_cast<std::uintptr_t>(this); }
        std::uintptr_t end() const { return start() + size; }
    };

    // All sizes and addresses are multiples of the granule, so any remainder has room for a hole.
    static_assert(sizeof(Hole) == granule);

    static void cut_out(Hole& before, Hole& hole, std::uintptr_t block, std::size_t size);

    Hole head_{0, nullptr};    // not a hole: the list begins at its `next`
    std::byte* end_ = nullptr; // of the memory
};

static_assert(Allocator<LinkedListAllocator>);

} // namespace kernel
