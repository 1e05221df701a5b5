#include "heap/linked_list_allocator.hpp"

#include <new>
#include <utility>

namespace kernel {

// New memory is freed as if it had been in use.
void LinkedListAllocator::grow(std::size_t bytes) {
    if (bytes != 0) {
        deallocate(std::exchange(end_, end_ + bytes), {bytes, granule});
    }
}

void* LinkedListAllocator::allocate(Layout layout) {
    const std::size_t size = align_up(layout.size, granule);
    Hole* before = &head_;
    for (Hole* hole = head_.next; hole != nullptr; before = hole, hole = hole->next) {
        if (hole->size < size) {
            continue;
        }
        // The alignment may move the block down, and out of the hole.
        const std::uintptr_t block = align_down(hole->end() - size, layout.alignment);
        if (block >= hole->start()) {
            cut_out(*before, *hole, block, size);
            return reinterpret_cast<void*>(block);
        }
    }
    return nullptr;
}

void LinkedListAllocator::deallocate(void* block, Layout layout) {
    const auto start = reinterpret_cast<std::uintptr_t>(block);
    const std::size_t size = align_up(layout.size, granule);
    Hole* before = &head_;
    while (before->next != nullptr && before->next->start() < start) {
        before = before->next;
    }
    Hole* hole = before;
    if (before->end() == start) {
        before->size += size;
    } else {
        hole = new (block) Hole{size, before->next};
        before->next = hole;
    }
    if (hole->next != nullptr && hole->end() == hole->next->start()) {
        hole->size += hole->next->size;
        hole->next = hole->next->next;
    }
}

// The memory of the hole before and after the block stays free.
void LinkedListAllocator::cut_out(Hole& before, Hole& hole, std::uintptr_t block,
                                  std::size_t size) {
    const std::size_t behind = hole.end() - block - size;
    if (behind != 0) {
        hole.next = new (reinterpret_cast<void*>(block + size)) Hole{behind, hole.next};
    }
    hole.size = block - hole.start();
    if (hole.size == 0) {
        before.next = hole.next;
    }
}

} // namespace kernel
