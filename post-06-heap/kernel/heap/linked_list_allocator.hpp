// Keeps the free memory as a list of holes, in the order of their addresses. The list lies in the
// holes themselves; a block in use carries nothing.
//
//     first --> | size | next |....|        | size | next |.......|
//               '----- hole -------'  used  '------- hole --------'
//                      '---------------------^
//
// Allocation takes the first hole that is large enough, from its end: what is left stays where it
// is, and only its size changes. A block that comes back is put between its neighbours in the list
// and melts with those that it touches, so that when everything has come back there is one hole, as
// at the beginning. Both walk along the list: the more holes, the longer it takes.
#pragma once

#include "heap/allocator.hpp"

#include <cstdint>
#include <new>
#include <span>

namespace kernel {

class LinkedListAllocator {
public:
    // What does not lie on multiples of 16 at the ends of `memory` is left out.
    explicit LinkedListAllocator(std::span<std::byte> memory) {
        const auto start = reinterpret_cast<std::uintptr_t>(memory.data());
        const std::uintptr_t first = align_up(start, granule);
        const std::uintptr_t end = align_down(start + memory.size(), granule);
        if (first < end) {
            head_.next = new (reinterpret_cast<void*>(first)) Hole{end - first, nullptr};
        }
    }

    [[nodiscard]] void* allocate(Layout layout) {
        const std::size_t size = rounded(layout.size);
        Hole* before = &head_;
        for (Hole* hole = head_.next; hole != nullptr; before = hole, hole = hole->next) {
            if (hole->size < size) {
                continue;
            }
            // Because of its alignment the block may begin further down: too far, perhaps.
            const std::uintptr_t block = align_down(hole->end() - size, layout.alignment);
            if (block >= hole->start()) {
                cut_out(*before, *hole, block, size);
                return reinterpret_cast<void*>(block);
            }
        }
        return nullptr;
    }

    void deallocate(void* block, Layout layout) {
        const auto start = reinterpret_cast<std::uintptr_t>(block);
        Hole* before = &head_;
        while (before->next != nullptr && before->next->start() < start) {
            before = before->next;
        }
        Hole* hole = before;
        if (before->end() == start) {
            before->size += rounded(layout.size);
        } else {
            hole = new (block) Hole{rounded(layout.size), before->next};
            before->next = hole;
        }
        if (hole->next != nullptr && hole->end() == hole->next->start()) {
            hole->size += hole->next->size;
            hole->next = hole->next->next;
        }
    }

private:
    struct Hole {
        std::size_t size; // bytes, this header included
        Hole* next;

        std::uintptr_t start() const { return reinterpret_cast<std::uintptr_t>(this); }
        std::uintptr_t end() const { return start() + size; }
    };

    // Every size and address is a multiple of this: whatever is left over can be a hole.
    static constexpr std::size_t granule = sizeof(Hole);
    static_assert(granule == 16);

    static constexpr std::size_t rounded(std::size_t size) { return align_up(size, granule); }

    // What lies in the hole before and behind the block stays free.
    static void cut_out(Hole& before, Hole& hole, std::uintptr_t block, std::size_t size) {
        const std::size_t behind = hole.end() - block - size;
        if (behind != 0) {
            hole.next = new (reinterpret_cast<void*>(block + size)) Hole{behind, hole.next};
        }
        hole.size = block - hole.start();
        if (hole.size == 0) {
            before.next = hole.next;
        }
    }

    Hole head_{0, nullptr}; // no hole itself: the list begins at its `next`
};

static_assert(Allocator<LinkedListAllocator>);

} // namespace kernel
