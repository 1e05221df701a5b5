// How much of its memory an allocator can hand out. What it needs for itself, what it rounds up and
// what it cannot join again is lost.
//
// A is an allocator of the kernel. Each figure constructs a new one over the same memory.
#pragma once

#include "../unit/allocator_over.hpp"
#include "heap_traces.hpp"

#include <algorithm>

namespace heap_traces {

template <kernel::Allocator A>
class PlainHeap {
public:
    explicit PlainHeap(std::span<std::byte> memory) : allocator_{allocator_over<A>(memory)} {}
    void* allocate(std::size_t size) { return allocator_.allocate({size, 8}); }
    void deallocate(void* block, std::size_t size) { allocator_.deallocate(block, {size, 8}); }

private:
    A allocator_;
};

// Bytes of objects until the first allocation fails, on average.
template <kernel::Allocator A>
std::size_t bytes_when_full(std::span<std::byte> memory, std::span<Block> blocks, Sizes& size) {
    constexpr std::size_t runs = 20;
    std::size_t sum = 0;
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
        PlainHeap<A> heap{memory};
        Random random{seed};
        sum += fill_up(heap, blocks, random, size);
    }
    return sum / runs;
}

// The largest amount of live objects, in hundredths of the memory, with which 20,000 random
// allocations and deallocations do not fail; on average.
template <kernel::Allocator A>
std::size_t bytes_in_churn(std::span<std::byte> memory, std::span<Block> blocks, Sizes& size) {
    constexpr std::size_t runs = 10;
    constexpr std::size_t steps = 20'000;
    std::size_t sum = 0;
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
        for (std::size_t percent = 100; percent != 0; --percent) { // most failures come early
            PlainHeap<A> heap{memory};
            Random random{seed};
            const std::size_t target = memory.size() * percent / 100;
            if (churn(heap, blocks, target, steps, random, size)) {
                sum += target;
                break;
            }
        }
    }
    return sum / runs;
}

// The largest block, in steps of 16 bytes, after objects have filled the memory, were replaced at
// random, and all were freed.
template <kernel::Allocator A>
std::size_t bytes_recovered(std::span<std::byte> memory, std::span<Block> blocks) {
    PlainHeap<A> heap{memory};
    Random random{1};
    std::ranges::fill(blocks, Block{});
    fill_up(heap, blocks, random, log_uniform);
    random_steps(heap, blocks, 10'000, random, uniform);
    deallocate_all(heap, blocks);
    std::size_t size = kernel::align_down(memory.size(), 16);
    while (size != 0 && heap.allocate(size) == nullptr) {
        size -= 16;
    }
    return size;
}

} // namespace heap_traces
