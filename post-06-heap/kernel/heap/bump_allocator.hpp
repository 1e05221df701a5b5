// The simplest allocator that works: a pointer that moves up.
//
//     start                 next               end
//       |  a  |  b  | c |     |                 |
//                             '--> the next block is cut off here
//
// What comes back is counted, and no more: only when everything has come back does the pointer
// return to the start. One block that stays, and all memory before and behind it is lost to others.
//
// A choice: the block that was given out last may come back at once, and the pointer with it. That
// costs a comparison and serves those who allocate, use and free in turn. Blocks before it stay
// lost, and so does the padding in front of it.
#pragma once

#include "heap/allocator.hpp"

#include <cstdint>
#include <span>

namespace kernel {

class BumpAllocator {
public:
    explicit BumpAllocator(std::span<std::byte> memory)
        : start_{reinterpret_cast<std::uintptr_t>(memory.data())},
          end_{start_ + memory.size()},
          next_{start_} {}

    [[nodiscard]] void* allocate(Layout layout) {
        const std::uintptr_t block = align_up(next_, layout.alignment);
        // Signed: because of its alignment the block may begin behind the end.
        const auto room = static_cast<std::ptrdiff_t>(end_ - block);
        if (room < static_cast<std::ptrdiff_t>(layout.size)) [[unlikely]] {
            return nullptr;
        }
        next_ = block + layout.size;
        ++blocks_;
        return reinterpret_cast<void*>(block);
    }

    void deallocate(void* block, Layout layout) {
        const auto address = reinterpret_cast<std::uintptr_t>(block);
        --blocks_;
        if (blocks_ == 0) {
            next_ = start_;
        } else if (address + layout.size == next_) {
            next_ = address;
        }
    }

private:
    std::uintptr_t start_;
    std::uintptr_t end_;
    std::uintptr_t next_;    // everything from here on is free
    std::size_t blocks_ = 0; // that are in use
};

static_assert(Allocator<BumpAllocator>);

} // namespace kernel
