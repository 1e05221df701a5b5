// The cache in front of SegregatedFit: what goes into it, what does not, and how it empties.

#include "heap/size_class_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <map>
#include <random>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t kib = 1024;
using Arena = HeapArena<SizeClassAllocator>;

std::size_t cached_bytes(Arena& arena) {
    return arena.look([](const SizeClassAllocator& heap) { return heap.cached_bytes(); });
}

std::size_t free_bytes(Arena& arena) {
    return arena.look([](const SizeClassAllocator& heap) { return heap.free_bytes(); });
}

void free_all_of(Arena& arena, std::size_t size) {
    const std::map<std::byte*, Layout> live = arena.live();
    for (const auto& [block, layout] : live) {
        if (layout.size == size) {
            arena.deallocate(block);
        }
    }
}

// With blocks of these sizes, as many of each, until there is no room for one of each.
void fill_cache(Arena& arena, std::initializer_list<std::size_t> sizes) {
    constexpr std::size_t budget = 8 * kib; // of 64 KiB
    std::size_t sum = 0;
    for (const std::size_t size : sizes) {
        sum += size;
    }
    for (const std::size_t size : sizes) {
        for (std::size_t i = 0; i < budget / sum; ++i) {
            ASSERT_NE(arena.allocate({size, 8}), nullptr);
        }
    }
    for (const std::size_t size : sizes) {
        free_all_of(arena, size);
    }
}

// What a block takes: all of its class's size, if it has one.
std::size_t taken(Layout layout) {
    const std::size_t granules = (layout.size + 15) / 16;
    const bool has_class = granules <= largest_size_class && layout.alignment <= 16;
    return 16 * (has_class ? size_class_granules[size_class_of[granules]] : granules);
}

// Every byte behind the edges lies in exactly one block, free, kept ready or in use.
void check_cover(Arena& arena, std::size_t memory) {
    using Blocks = std::map<const std::byte*, std::size_t>;
    Blocks blocks = arena.look([](const SizeClassAllocator& heap) {
        Blocks found;
        const auto visit = [&found](std::span<const std::byte> block) {
            EXPECT_TRUE(found.emplace(block.data(), block.size()).second);
        };
        heap.for_each_free_block(visit);
        heap.for_each_cached_block(visit);
        return found;
    });
    for (const auto& [block, layout] : arena.live()) {
        EXPECT_TRUE(blocks.emplace(block, taken(layout)).second);
    }
    const std::byte* end = arena.start() + align_up(SegregatedFit::edge_bytes(memory), 16);
    for (const auto& [block, size] : blocks) {
        ASSERT_EQ(block, end);
        end += size;
    }
    ASSERT_EQ(end, arena.start() + memory);
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

TEST(SizeClassAllocatorTest, KeepsABlockReadyOfEveryClass) {
    for (const std::size_t granules : size_class_granules) {
        Arena arena{100 * kib};
        std::byte* const block = arena.allocate({granules * std::size_t{16}, 16});
        ASSERT_NE(arena.allocate({16, 8}), nullptr); // or it would lie at the same place anyway
        arena.deallocate(block);
        EXPECT_EQ(cached_bytes(arena), granules * std::size_t{16});
        EXPECT_EQ(arena.allocate({granules * std::size_t{16}, 1}), block);
        EXPECT_EQ(cached_bytes(arena), 0u);
    }
}

TEST(SizeClassAllocatorTest, GivesTheCacheBackWhateverItsClass) {
    for (const std::size_t granules : size_class_granules) {
        Arena arena{16 * kib};
        const std::size_t largest = arena.largest();
        arena.deallocate(arena.allocate({granules * std::size_t{16}, 8}));
        EXPECT_EQ(cached_bytes(arena), granules * std::size_t{16});
        EXPECT_NE(arena.allocate({largest, 8}), nullptr);
        EXPECT_EQ(cached_bytes(arena), 0u);
    }
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

// As soon as the list is empty and the budget used up, and no more than that.
TEST(SizeClassAllocatorTest, HandsOneBlockBackForEachMiss) {
    Arena arena{64 * kib};
    fill_cache(arena, {32, 48});
    const std::size_t cached = cached_bytes(arena);
    ASSERT_GT(cached + 64, 8 * kib);
    ASSERT_NE(arena.allocate({64, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), cached - 32);
    ASSERT_NE(arena.allocate({96, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), cached - 32 - 48) << "each class has its turn";
}

TEST(SizeClassAllocatorTest, HandsNothingBackAsLongAsThereIsRoomInTheCache) {
    Arena arena{64 * kib};
    arena.deallocate(arena.allocate({32, 8}));
    ASSERT_NE(arena.allocate({64, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), 32u);
}

TEST(SizeClassAllocatorTest, LetsBlocksOverTheBudgetMelt) {
    Arena arena{64 * kib};
    std::byte* const one_too_many = arena.allocate({1000, 8});
    ASSERT_NE(arena.allocate({16, 8}), nullptr);
    fill_cache(arena, {32, 48});
    const std::size_t cached = cached_bytes(arena);
    const std::size_t free = free_bytes(arena);
    arena.deallocate(one_too_many);
    EXPECT_EQ(cached_bytes(arena), cached);
    EXPECT_EQ(free_bytes(arena), free + kib) << "with all of its class's size";
}

TEST(SizeClassAllocatorTest, FillsItsBudgetToTheLastGranule) {
    Arena arena{8 * kib};
    std::byte* const exact = arena.allocate({1024, 16});
    std::byte* const more = arena.allocate({16, 16});
    arena.deallocate(exact);
    EXPECT_EQ(cached_bytes(arena), kib);
    arena.deallocate(more);
    EXPECT_EQ(cached_bytes(arena), kib);
}

// What a class or a block that is aligned wants, and what lies in the cache of another.
TEST(SizeClassAllocatorTest, GivesTheCacheBackForBlocksOfEveryKind) {
    for (const Layout wanted :
         {Layout{16, 8}, Layout{900, 8}, Layout{1024, 512}, Layout{1500, 8}}) {
        Arena arena{8 * kib};
        const std::size_t kept = wanted.size == 16 ? 1024 : 16;
        while (arena.allocate({kept, 8}) != nullptr) {
        }
        while (wanted.size == 16 && arena.allocate({16, 8}) != nullptr) {
        }
        ASSERT_EQ(arena.allocate(wanted), nullptr);
        free_all_of(arena, kept);
        EXPECT_GT(cached_bytes(arena), 0u);
        while (arena.allocate(wanted) != nullptr) {
        }
        EXPECT_EQ(cached_bytes(arena), 0u) << wanted.size;
    }
}

// Free, kept ready, in use or taken by the edges: each granule is one of these.
TEST(SizeClassAllocatorTest, KnowsWhereAllOfItsMemoryIs) {
    Arena arena{32 * kib};
    std::mt19937 random{1};
    std::vector<std::byte*> blocks;
    for (int step = 0; step < 1500; ++step) {
        const Layout layout{random() % (random() % 8 == 0 ? 2000 : 300) + 1,
                            std::size_t{1} << random() % 7};
        if (std::byte* const block = arena.allocate(layout)) {
            blocks.push_back(block);
        }
        if (random() % 5 < 2 && !blocks.empty()) {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            arena.deallocate(blocks.back());
            blocks.pop_back();
        }
        if (step % 10 == 0) {
            check_cover(arena, 32 * kib);
        }
    }
}

TEST(SizeClassAllocatorTest, HasNothingWithoutMemory) {
    SizeClassAllocator heap;
    EXPECT_EQ(heap.allocate({1, 1}), nullptr);
    EXPECT_EQ(heap.allocate({2000, 1}), nullptr);
    EXPECT_EQ(heap.allocate({1, 64}), nullptr);
    EXPECT_EQ(heap.free_bytes(), 0u);
    EXPECT_EQ(heap.cached_bytes(), 0u);
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
