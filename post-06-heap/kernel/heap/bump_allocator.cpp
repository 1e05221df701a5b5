#include "heap/bump_allocator.hpp"

namespace kernel {

void BumpAllocator::grow(std::size_t bytes) {
    end_ += bytes;
}

void* BumpAllocator::allocate(Layout layout) {
    const std::uintptr_t block = align_up(next_, layout.alignment);
    if (block > end_ || layout.size > end_ - block) {
        return nullptr;
    }
    next_ = block + layout.size;
    ++blocks_;
    return reinterpret_cast<void*>(block);
}

void BumpAllocator::deallocate(void* block, Layout layout) {
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    --blocks_;
    if (blocks_ == 0) {
        next_ = start_;
    } else if (address + layout.size == next_) {
        next_ = address;
    }
}

} // namespace kernel
