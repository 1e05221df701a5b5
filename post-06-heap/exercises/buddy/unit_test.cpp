// Judges the exercise buddy.

#include "heap/buddy_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <random>
#include <vector>

namespace {

using namespace kernel;

static_assert(Allocator<BuddyAllocator>);

constexpr std::size_t kib = 1024;
using Arena = HeapArena<BuddyAllocator>;

std::size_t rounded(Layout layout) {
    return std::bit_ceil(std::max({layout.size, layout.alignment, granule}));
}

std::size_t unused_bytes(Arena& arena) {
    return arena.look([](const BuddyAllocator& heap) {
        std::size_t sum = 0;
        heap.for_each_free_block([&sum](std::span<const std::byte> block, BlockState state) {
            EXPECT_EQ(state, BlockState::free);
            EXPECT_TRUE(std::has_single_bit(block.size()));
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.data()) % block.size(), 0u);
            sum += block.size();
        });
        return sum;
    });
}

TEST(Buddy, HasNothingBeforeItIsGivenMemory) {
    BuddyAllocator heap;
    EXPECT_EQ(heap.allocate({1, 1}), nullptr);
    EXPECT_EQ(heap.allocate({16, 4096}), nullptr);
}

TEST(Buddy, RoundsUpToAPowerOfTwoAndAlignsToIt) {
    for (const Layout layout : {Layout{1, 1}, Layout{17, 8}, Layout{100, 8}, Layout{129, 16},
                                Layout{16, 512}, Layout{3000, 8}, Layout{1, 4096}}) {
        Arena arena{64 * kib};
        const std::size_t before = unused_bytes(arena);
        std::byte* const block = arena.allocate(layout);
        ASSERT_NE(block, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % rounded(layout), 0u);
        EXPECT_EQ(unused_bytes(arena), before - rounded(layout));
        arena.deallocate(block);
        EXPECT_EQ(unused_bytes(arena), before);
    }
}

TEST(Buddy, UsesAllOfItsMemoryInSmallBlocks) {
    Arena arena{8 * kib};
    const std::size_t all = unused_bytes(arena);
    EXPECT_EQ(all, usable_bytes<BuddyAllocator>(8 * kib));
    std::size_t sum = 0;
    while (arena.allocate({16, 16}) != nullptr) {
        sum += 16;
    }
    EXPECT_EQ(sum, all);
    EXPECT_EQ(unused_bytes(arena), 0u);
    arena.deallocate_all();
    EXPECT_EQ(unused_bytes(arena), all);
}

TEST(Buddy, ReturnsNullForBlocksThatFitIntoNoMemory) {
    Arena arena{4 * kib};
    for (const std::size_t size : {4 * kib + 1, std::size_t{1} << 32, std::size_t{1} << 36,
                                   std::size_t{1} << 40, std::size_t{PTRDIFF_MAX}}) {
        EXPECT_EQ(arena.allocate({size, 16}), nullptr) << size;
    }
    for (const int bit : {13, 32, 36, 40, 62, 63}) {
        EXPECT_EQ(arena.allocate({16, std::size_t{1} << bit}), nullptr) << bit;
    }
    EXPECT_NE(arena.allocate({16, 16}), nullptr);
}

// Two blocks that touch, but come from different parents, must not be joined.
TEST(Buddy, JoinsBuddiesOnly) {
    alignas(64) std::array<std::byte, 64> memory;
    std::array<std::uint64_t, 8> table{};
    BuddyAllocator heap{memory.data(), table.data()};
    heap.grow(64);
    std::array<std::byte*, 4> blocks;
    for (std::byte*& block : blocks) {
        block = static_cast<std::byte*>(heap.allocate({16, 16}));
        ASSERT_NE(block, nullptr);
    }
    std::ranges::sort(blocks);
    heap.deallocate(blocks[1], {16, 16});
    heap.deallocate(blocks[2], {16, 16});
    EXPECT_EQ(heap.allocate({32, 16}), nullptr);
    heap.deallocate(blocks[0], {16, 16});
    EXPECT_EQ(heap.allocate({32, 16}), blocks[0]);
    heap.deallocate(blocks[0], {32, 16});
    heap.deallocate(blocks[3], {16, 16});
    EXPECT_EQ(heap.allocate({64, 16}), blocks[0]);
}

// The buddy's first half is free, its second half is not.
TEST(Buddy, DoesNotJoinABuddyThatIsCut) {
    alignas(64) std::array<std::byte, 64> memory;
    std::array<std::uint64_t, 8> table{};
    BuddyAllocator heap{memory.data(), table.data()};
    heap.grow(64);
    auto* const low = static_cast<std::byte*>(heap.allocate({32, 16}));
    auto* const other = static_cast<std::byte*>(heap.allocate({32, 16}));
    heap.deallocate(std::max(low, other), {32, 16});
    std::array<std::byte*, 2> halves{static_cast<std::byte*>(heap.allocate({16, 16})),
                                     static_cast<std::byte*>(heap.allocate({16, 16}))};
    std::ranges::sort(halves);
    heap.deallocate(halves[0], {16, 16});
    heap.deallocate(std::min(low, other), {32, 16});
    EXPECT_EQ(heap.allocate({64, 16}), nullptr);
    heap.deallocate(halves[1], {16, 16});
    EXPECT_EQ(heap.allocate({64, 16}), memory.data());
}

TEST(Buddy, GrowsByAnyNumberOfGranules) {
    alignas(16 * kib) static std::array<std::byte, 16 * kib> memory;
    std::array<std::uint64_t, 64> table{};
    ASSERT_LE(BuddyAllocator::table_bytes(memory.size()), sizeof(table));
    BuddyAllocator heap{memory.data(), table.data()};
    std::size_t size = 0;
    for (std::size_t more = 16; size + more <= memory.size(); more += 16) {
        heap.grow(more);
        size += more;
    }
    heap.grow(memory.size() - size);
    EXPECT_EQ(heap.allocate({16 * kib, 16}), memory.data());
    EXPECT_EQ(heap.allocate({1, 1}), nullptr);
}

TEST(Buddy, IsAsItWasWhenEverythingIsFreed) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::mt19937 random{seed};
        Arena arena{32 * kib};
        const std::size_t largest = arena.largest();
        const std::size_t all = unused_bytes(arena);
        std::vector<std::byte*> blocks;
        for (int step = 0; step < 400; ++step) {
            if (std::byte* const block =
                    arena.allocate({random() % 600 + 1, std::size_t{1} << random() % 9})) {
                blocks.push_back(block);
            }
            if (random() % 5 < 2 && !blocks.empty()) {
                std::swap(blocks[random() % blocks.size()], blocks.back());
                arena.deallocate(blocks.back());
                blocks.pop_back();
            }
        }
        std::size_t used = 0;
        for (const auto& [block, layout] : arena.live()) {
            used += rounded(layout);
        }
        EXPECT_EQ(unused_bytes(arena), all - used) << seed;
        arena.deallocate_all();
        EXPECT_EQ(unused_bytes(arena), all) << seed;
        EXPECT_EQ(arena.largest(), largest) << seed;
    }
}

} // namespace
