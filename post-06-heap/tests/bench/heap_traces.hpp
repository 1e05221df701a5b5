// How programs use a heap: a few traces for every allocator, in a kernel and on the host.
//
// A Heap has allocate(size), which returns null if there is no memory, and deallocate(block, size).
// A trace keeps its notes about its blocks in memory that it is given, and allocates only from the
// heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace heap_traces {

// The same numbers in every run. [Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
// Generators", SplitMix64]
class Random {
public:
    constexpr explicit Random(std::uint64_t seed) : state_{seed} {}

    // Returns a number from 0 to `end` - 1, for an end of less than 2^32. It multiplies instead of
    // dividing, because this is part of the measured time.
    constexpr std::size_t below(std::size_t end) { return (next() >> 32) * end >> 32; }

private:
    constexpr std::uint64_t next() {
        state_ += 0x9e37'79b9'7f4a'7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ mixed >> 30) * 0xbf58'476d'1ce4'e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d0'49bb'1331'11eb;
        return mixed ^ mixed >> 31;
    }

    std::uint64_t state_;
};

using Sizes = std::size_t(Random& random);

// A multiple of 8 from 8 to 1024 bytes, all equally likely.
constexpr std::size_t uniform(Random& random) {
    return 8 + 8 * random.below(128);
}

// 8 to 1023 bytes, each power of two equally likely, so small sizes are more frequent.
constexpr std::size_t log_uniform(Random& random) {
    const std::size_t smallest = std::size_t{8} << random.below(7);
    return smallest + random.below(smallest);
}

template <std::size_t size>
constexpr std::size_t always(Random&) {
    return size;
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

template <typename Heap>
void fill(Heap& heap, std::span<Block> blocks, Random& random, Sizes& size) {
    for (Block& block : blocks) {
        allocate(heap, block, size(random));
    }
}

// One box of 8 bytes after another, like std::make_unique<std::uint64_t> and its destruction.
template <typename Heap>
void boxes(Heap& heap, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        heap.deallocate(heap.allocate(8), 8);
    }
}

// A vector that grows from 8 bytes to 16 KiB: twelve blocks, each freed after the next is
// allocated.
inline constexpr std::size_t vector_pairs = 12;

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

// Each step frees a random live block and allocates another in its place.
template <typename Heap>
void random_steps(Heap& heap, std::span<Block> live, std::size_t steps, Random& random,
                  Sizes& size) {
    for (std::size_t step = 0; step < steps; ++step) {
        Block& block = live[random.below(live.size())];
        deallocate(heap, block);
        allocate(heap, block, size(random));
    }
}

// First in, first out: each step frees the oldest of the live blocks and allocates another. A
// round replaces all of them.
template <typename Heap>
void queue_round(Heap& heap, std::span<Block> live, Random& random) {
    for (Block& block : live) {
        deallocate(heap, block);
        allocate(heap, block, uniform(random));
    }
}

// Last in, first out: like a stack that fills and empties.
template <typename Heap>
void stack_round(Heap& heap, std::span<Block> blocks, Random& random) {
    fill(heap, blocks, random, uniform);
    for (std::size_t i = blocks.size(); i > 0; --i) {
        deallocate(heap, blocks[i - 1]);
    }
}

// Fills the memory with blocks of 64 bytes and frees every other one of the lower ones, which
// makes `holes` holes, each too small for 128 bytes. Then it frees all blocks above them, in order.
// The memory must be hole_arena(holes) bytes, without any that the heap uses for itself.
constexpr std::size_t hole_arena(std::size_t holes) {
    return (2 * holes + 8) * 64;
}

template <typename Heap>
void make_holes(Heap& heap, std::span<Block> blocks, std::size_t holes,
                std::span<const std::byte> memory) {
    for (Block& block : blocks.first(2 * holes + 8)) {
        allocate(heap, block, 64);
    }
    for (Block& block : blocks.first(2 * holes + 8)) {
        const auto place =
            static_cast<std::size_t>(static_cast<std::byte*>(block.memory) - memory.data()) / 64;
        if (place >= 2 * holes || place % 2 == 0) {
            deallocate(heap, block);
        }
    }
}

// Allocates until the first failure. Returns the number of bytes allocated.
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

// Allocates, and frees random blocks to stay below `target` bytes. Returns false at the first
// failure.
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
