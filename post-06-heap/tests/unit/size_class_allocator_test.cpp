// The cache in front of SegregatedFit: what goes into it, what does not, and how it empties.

#include "heap/size_class_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t kib = 1024;
using Arena = HeapArena<SizeClassAllocator>;

std::size_t cached_bytes(Arena& arena) {
    return arena.look([](const SizeClassAllocator& heap) { return heap.cached_bytes(); });
}

TEST(SizeClasses, AreTheSmallestThatFit) {
    for (std::size_t granules = 1; granules <= largest_size_class; ++granules) {
        const std::size_t chosen = size_class_of[granules];
        EXPECT_GE(size_class_granules[chosen], granules);
        if (chosen != 0) {
            EXPECT_LT(size_class_granules[chosen - 1], granules);
        }
    }
}

TEST(SizeClasses, RoundUpByLessThanAnEighth) {
    for (std::size_t granules = 1; granules <= largest_size_class; ++granules) {
        EXPECT_LT((size_class_granules[size_class_of[granules]] - granules) * 8, granules);
    }
}

TEST(SizeClassAllocatorTest, KeepsABlockReadyForTheNextOfItsClass) {
    Arena arena{100 * kib};
    std::byte* const block = arena.allocate({1000, 8});
    std::byte* const wall = arena.allocate({16, 8});
    arena.deallocate(block);
    EXPECT_EQ(cached_bytes(arena), 1024u);
    EXPECT_EQ(arena.allocate({980, 8}), block);
    EXPECT_EQ(cached_bytes(arena), 0u);
    arena.deallocate(wall);
}

TEST(SizeClassAllocatorTest, LeavesLargeAndAlignedBlocksOutOfTheCache) {
    Arena arena{100 * kib};
    arena.deallocate(arena.allocate({1025, 8}));
    arena.deallocate(arena.allocate({100, 32}));
    EXPECT_EQ(cached_bytes(arena), 0u);
}

// An eighth of the memory.
TEST(SizeClassAllocatorTest, NeverKeepsMoreThanItsBudget) {
    Arena arena{64 * kib};
    std::mt19937 random{1};
    std::vector<std::byte*> blocks;
    for (int i = 0; i < 3000; ++i) {
        if (std::byte* const block = arena.allocate({random() % 1200 + 1, 8})) {
            blocks.push_back(block);
        }
        if (!blocks.empty() && random() % 2 != 0) {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            arena.deallocate(blocks.back());
            blocks.pop_back();
        }
        ASSERT_LE(cached_bytes(arena), 8 * kib);
    }
}

// The budget is full of small blocks; then only large ones come and go.
TEST(SizeClassAllocatorTest, MakesRoomInTheCacheForOtherSizes) {
    Arena arena{64 * kib};
    std::vector<std::byte*> small;
    for (int i = 0; i < 600; ++i) {
        small.push_back(arena.allocate({16, 8}));
    }
    for (std::byte* const block : small) {
        arena.deallocate(block);
    }
    ASSERT_EQ(cached_bytes(arena), 8 * kib);
    for (int i = 0; i < 100; ++i) {
        arena.deallocate(arena.allocate({1000, 8}));
    }
    const bool large_is_cached = arena.look([](const SizeClassAllocator& heap) {
        bool found = false;
        heap.for_each_cached_block(
            [&found](std::span<const std::byte> block) { found = found || block.size() == kib; });
        return found;
    });
    EXPECT_TRUE(large_is_cached);
}

TEST(SizeClassAllocatorTest, GivesTheCacheBackBeforeItHasNoMemory) {
    Arena arena{8 * kib};
    const std::size_t largest = arena.largest();
    std::vector<std::byte*> blocks;
    for (int i = 0; i < 40; ++i) {
        blocks.push_back(arena.allocate({16, 8}));
    }
    for (std::byte* const block : blocks) {
        arena.deallocate(block);
    }
    EXPECT_GT(cached_bytes(arena), 0u);
    EXPECT_NE(arena.allocate({largest, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), 0u);
}

// Free, kept ready, in use or taken by the edges: each granule is one of these.
TEST(SizeClassAllocatorTest, KnowsWhereAllOfItsMemoryIs) {
    Arena arena{32 * kib};
    std::mt19937 random{1};
    std::size_t in_use = 0;
    for (int i = 0; i < 60; ++i) {
        const std::size_t size = random() % 500 + 1;
        std::byte* const block = arena.allocate({size, 8});
        ASSERT_NE(block, nullptr);
        if (random() % 2 == 0) {
            arena.deallocate(block);
        } else {
            in_use += size_class_granules[size_class_of[(size + 15) / 16]] * std::size_t{16};
        }
    }
    const auto [free, visited, cached] = arena.look([](const SizeClassAllocator& heap) {
        std::size_t sum = 0;
        heap.for_each_cached_block(
            [&sum](std::span<const std::byte> block) { sum += block.size(); });
        return std::tuple{heap.free_bytes(), sum, heap.cached_bytes()};
    });
    EXPECT_EQ(visited, cached);
    const std::size_t edges = align_up(SegregatedFit::edge_bytes(32 * kib), 16);
    EXPECT_EQ(free + cached + in_use + edges, 32 * kib);
}

TEST(SizeClassAllocatorTest, GrowsAndItsBudgetWithIt) {
    alignas(16) static std::array<std::byte, 64 * kib> memory;
    std::array<std::uint64_t, SegregatedFit::edge_bytes(64 * kib) / 8> edges{};
    SizeClassAllocator heap{edges.data(), std::span{memory}.first(kib)};
    EXPECT_EQ(heap.allocate({2 * kib, 8}), nullptr);
    heap.grow(63 * kib);
    EXPECT_EQ(heap.free_bytes(), 64 * kib);
    void* const block = heap.allocate({1000, 8});
    heap.deallocate(block, {1000, 8});
    EXPECT_EQ(heap.cached_bytes(), kib);
}

} // namespace
