// The kernel's allocator: free blocks of the most common sizes are kept ready, each size in a list
// of its own; behind them is a SegregatedFit.
//
//     classes   16 B   32 B   48 B  ...  256 B   288 B  ...  512 B   576 B  ...  1 KiB
//                |             |                   |
//                v             v                   v
//               [ ]->[ ]      [ ]                 [ ]->[ ]->[ ]        the cache
//
// An allocation takes the first block of its class's list, and one that comes back is put there: a
// few instructions each. But what lies in the lists cannot melt with its neighbours, and is of no
// use to other sizes. So there may be only so much of it, the budget. When it is used up, blocks go
// straight back to the SegregatedFit; and whoever finds a list empty while there is much in the
// others hands one block of those back. One at a time: no operation has to pay for many. Only when
// no free block is large enough does everything go back.
#pragma once

#include "heap/allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_classes.hpp"

namespace kernel {

class SizeClassAllocator {
public:
    constexpr SizeClassAllocator() = default; // without memory

    explicit SizeClassAllocator(std::span<std::byte> memory)
        : fit_{memory}, budget_{budget_for(memory.size())} {}

    // With memory that can grow: see SegregatedFit.
    SizeClassAllocator(std::uint64_t* edges, std::span<std::byte> memory)
        : fit_{edges, memory}, budget_{budget_for(memory.size())} {}

    void grow(std::size_t bytes) {
        fit_.grow(bytes);
        budget_ += budget_for(bytes);
    }

    [[nodiscard]] void* allocate(Layout layout) {
        const std::size_t granules = granules_for(layout.size);
        if (granules > largest_size_class || layout.alignment > SegregatedFit::granule)
            [[unlikely]] {
            return allocate_uncached(layout);
        }
        const std::size_t size_class = size_class_of[granules];
        CachedBlock* const block = cached_[size_class];
        if (block == nullptr) {
            return refill(size_class);
        }
        cached_[size_class] = block->next;
        cached_granules_ -= size_class_granules[size_class];
        return block;
    }

    void deallocate(void* memory, Layout layout) {
        const std::size_t granules = granules_for(layout.size);
        if (granules > largest_size_class || layout.alignment > SegregatedFit::granule)
            [[unlikely]] {
            fit_.deallocate(memory, granules);
            return;
        }
        const std::size_t size_class = size_class_of[granules];
        const std::size_t size = size_class_granules[size_class];
        if (cached_granules_ + size > budget_) {
            fit_.deallocate(memory, size);
            return;
        }
        cached_[size_class] = new (memory) CachedBlock{cached_[size_class]};
        cached_granules_ += size;
    }

    // Bytes in blocks that are kept ready, and in free ones.
    std::size_t cached_bytes() const { return cached_granules_ * SegregatedFit::granule; }
    std::size_t free_bytes() const {
        std::size_t sum = 0;
        fit_.for_each_free_block([&sum](std::span<const std::byte> block) { sum += block.size(); });
        return sum;
    }

    // Calls visit(std::span<const std::byte>) for each.
    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        fit_.for_each_free_block(visit);
    }
    template <typename Visit>
    void for_each_cached_block(Visit&& visit) const {
        for (std::size_t size_class = 0; size_class < size_class_count; ++size_class) {
            for (const CachedBlock* block = cached_[size_class]; block; block = block->next) {
                visit(std::span{reinterpret_cast<const std::byte*>(block),
                                size_class_granules[size_class] * SegregatedFit::granule});
            }
        }
    }

private:
    struct CachedBlock {
        CachedBlock* next;
    };

    static constexpr std::size_t granules_for(std::size_t bytes) {
        return (bytes + SegregatedFit::granule - 1) / SegregatedFit::granule;
    }

    static constexpr std::size_t budget_for(std::size_t bytes) { return granules_for(bytes) / 8; }

    [[gnu::noinline]] void* refill(std::size_t size_class) {
        const std::size_t size = size_class_granules[size_class];
        if (cached_granules_ + size > budget_ && cached_granules_ != 0) {
            hand_one_back(); // or there would be no room for this one when it comes back
        }
        void* const block = fit_.allocate(size);
        return block != nullptr || !hand_all_back() ? block : fit_.allocate(size);
    }

    [[gnu::noinline]] void* allocate_uncached(Layout layout) {
        void* const block = try_uncached(layout);
        return block != nullptr || !hand_all_back() ? block : try_uncached(layout);
    }

    void* try_uncached(Layout layout) {
        const std::size_t granules = granules_for(layout.size);
        return layout.alignment <= SegregatedFit::granule
                   ? fit_.allocate(granules)
                   : fit_.allocate_aligned(granules, layout.alignment);
    }

    // Of the next class that has any, so that each has its turn. There must be one.
    void hand_one_back() {
        do {
            next_class_ = (next_class_ + 1) % size_class_count;
        } while (cached_[next_class_] == nullptr);
        hand_back(next_class_);
    }

    // False if there was nothing.
    bool hand_all_back() {
        const bool any = cached_granules_ != 0;
        for (std::size_t size_class = 0; size_class < size_class_count; ++size_class) {
            while (cached_[size_class] != nullptr) {
                hand_back(size_class);
            }
        }
        return any;
    }

    void hand_back(std::size_t size_class) {
        CachedBlock* const block = cached_[size_class];
        cached_[size_class] = block->next;
        cached_granules_ -= size_class_granules[size_class];
        fit_.deallocate(block, size_class_granules[size_class]);
    }

    SegregatedFit fit_;
    std::size_t budget_ = 0; // granules
    std::size_t cached_granules_ = 0;
    std::size_t next_class_ = 0; // hand_one_back() looks from behind it on
    std::array<CachedBlock*, size_class_count> cached_{};
};

static_assert(Allocator<SizeClassAllocator>);

} // namespace kernel
