#include "heap/size_class_allocator.hpp"

#include <new>

namespace kernel {

void SizeClassAllocator::grow(std::size_t bytes) {
    fit_.grow(bytes);
    budget_ += bytes / granule / 8;
    unused_budget_ += bytes / granule / 8;
}

void* SizeClassAllocator::allocate(Layout layout) {
    const std::size_t granules = align_up(layout.size, granule) / granule;
    if (granules > largest_class || layout.alignment > granule) [[unlikely]] {
        return allocate_from_fit(layout);
    }
    const std::size_t size = class_sizes[granules];
    CachedBlock* const block = cached_[size];
    if (block == nullptr) {
        return refill(size);
    }
    cached_[size] = block->next;
    unused_budget_ += size;
    return block;
}

void SizeClassAllocator::deallocate(void* block, Layout layout) {
    const std::size_t granules = align_up(layout.size, granule) / granule;
    if (granules > largest_class || layout.alignment > granule) [[unlikely]] {
        fit_.deallocate(block, layout);
        return;
    }
    const std::size_t size = class_sizes[granules];
    if (size > unused_budget_) {
        fit_.deallocate(block, {size * granule, granule});
        return;
    }
    cached_[size] = new (block) CachedBlock{cached_[size]};
    unused_budget_ -= size;
}

// If the budget is used up, one block of another class is freed.
void* SizeClassAllocator::refill(std::size_t granules) {
    if (granules > unused_budget_ && unused_budget_ != budget_) {
        do { // each class has its turn
            next_class_ = class_sizes[next_class_ % largest_class + 1];
        } while (cached_[next_class_] == nullptr);
        free_cached_block(next_class_);
    }
    return allocate_from_fit({granules * granule, granule});
}

void* SizeClassAllocator::allocate_from_fit(Layout layout) {
    void* const block = fit_.allocate(layout);
    if (block != nullptr || unused_budget_ == budget_) {
        return block;
    }
    for (std::size_t granules = 1; granules <= largest_class; ++granules) {
        while (cached_[granules] != nullptr) {
            free_cached_block(granules);
        }
    }
    return fit_.allocate(layout);
}

void SizeClassAllocator::free_cached_block(std::size_t granules) {
    CachedBlock* const block = cached_[granules];
    cached_[granules] = block->next;
    unused_budget_ += granules;
    fit_.deallocate(block, {granules * granule, granule});
}

} // namespace kernel
