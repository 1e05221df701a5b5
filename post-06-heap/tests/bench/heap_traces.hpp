// What programs do to a heap, in the form of a few traces that every allocator can be put through.
//
// A Heap has allocate(size), which gives null if there is no memory, and deallocate(block, size).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace heap_traces {

// The same numbers in every run. [Marsaglia, "Xorshift RNGs"]
class Random {
public:
    constexpr explicit Random(std::uint64_t seed) : state_{seed * 2 + 1} {}

    // From 0 to `end` - 1.
    constexpr std::size_t below(std::size_t end) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return (state_ >> 16) % end;
    }

private:
    std::uint64_t state_;
};

using Sizes = std::size_t(Random& random);

// 8 to 1024 bytes, each as often as the others.
constexpr std::size_t uniform(Random& random) {
    return 8 + random.below(1017);
}

// 8 to 1023 bytes, each doubling as often as the others.
constexpr std::size_t log_uniform(Random& random) {
    const std::size_t smallest = std::size_t{8} << random.below(7);
    return smallest + random.below(smallest);
}

constexpr std::size_t sixteen(Random&) {
    return 16;
}

struct Block {
    void* memory = nullptr; // null: none
    std::uint32_t size = 0;
};

template <typename Heap>
bool allocate(Heap& heap, Block& block, std::size_t size) {
    block = {heap.allocate(size), static_cast<std::uint32_t>(size)};
    return block.memory != nullptr;
}

template <typename Heap>
void deallocate(Heap& heap, Block& block) {
    if (block.memory != nullptr) {
        heap.deallocate(std::exchange(block.memory, nullptr), block.size);
    }
}

template <typename Heap>
void deallocate_all(Heap& heap, std::span<Block> blocks) {
    for (Block& block : blocks) {
        deallocate(heap, block);
    }
}

// One box of 8 bytes after the other, as std::make_unique<std::uint64_t> and its end.
template <typename Heap>
void boxes(Heap& heap, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        heap.deallocate(heap.allocate(8), 8);
    }
}

// A vector that grows from 8 bytes to 16 KiB: twelve blocks, each gone when the next is there.
template <typename Heap>
void vector_growth(Heap& heap) {
    Block old;
    for (std::size_t size = 8; size <= 16 * 1024; size *= 2) {
        Block larger;
        allocate(heap, larger, size);
        deallocate(heap, old);
        old = larger;
    }
    deallocate(heap, old);
}

// Each step frees one of the live blocks by chance and allocates another in its place.
template <typename Heap>
void random_steps(Heap& heap, std::span<Block> live, std::size_t steps, Random& random,
                  Sizes& size) {
    for (std::size_t step = 0; step < steps; ++step) {
        Block& block = live[random.below(live.size())];
        deallocate(heap, block);
        allocate(heap, block, size(random));
    }
}

template <typename Heap>
void fill(Heap& heap, std::span<Block> blocks, Random& random, Sizes& size) {
    for (Block& block : blocks) {
        allocate(heap, block, size(random));
    }
}

// First in, first out: each step frees the oldest block.
template <typename Heap>
void queue_steps(Heap& heap, std::span<Block> live, std::size_t rounds, Random& random) {
    for (std::size_t round = 0; round < rounds; ++round) {
        for (Block& block : live) {
            deallocate(heap, block);
            allocate(heap, block, uniform(random));
        }
    }
}

// Last in, first out: as a stack that fills and empties.
template <typename Heap>
void stack_round(Heap& heap, std::span<Block> blocks, Random& random) {
    fill(heap, blocks, random, uniform);
    for (std::size_t i = blocks.size(); i > 0; --i) {
        deallocate(heap, blocks[i - 1]);
    }
}

// Leaves holes of 64 bytes, divided by blocks of 64 bytes: twice as many blocks as holes.
template <typename Heap>
void make_holes(Heap& heap, std::span<Block> blocks) {
    for (Block& block : blocks) {
        allocate(heap, block, 64);
    }
    for (std::size_t i = 0; i < blocks.size(); i += 2) {
        deallocate(heap, blocks[i]);
    }
}

// Allocates until the first failure. The bytes that were had.
template <typename Heap>
std::size_t fill_up(Heap& heap, std::span<Block> blocks, Random& random, Sizes& size) {
    std::size_t sum = 0;
    for (Block& block : blocks) {
        if (!allocate(heap, block, size(random))) {
            break;
        }
        sum += block.size;
    }
    return sum;
}

// Allocates, and frees by chance what would be more than `target` bytes. False at a failure.
template <typename Heap>
bool churn(Heap& heap, std::span<Block> blocks, std::size_t target, std::size_t steps,
           Random& random, Sizes& size) {
    std::size_t count = 0;
    std::size_t live = 0;
    for (std::size_t step = 0; step < steps; ++step) {
        const std::size_t wanted = size(random);
        while (count != 0 && live + wanted > target) {
            Block& block = blocks[random.below(count)];
            live -= block.size;
            deallocate(heap, block);
            std::swap(block, blocks[--count]);
        }
        if (!allocate(heap, blocks[count], wanted)) {
            return false;
        }
        ++count;
        live += wanted;
    }
    return true;
}

} // namespace heap_traces
