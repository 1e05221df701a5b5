// The lists of blocks that are kept ready: what goes into them, what does not, and how they empty.

#include "heap/size_class_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <random>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t kib = 1024;
using Arena = HeapArena<SizeClassAllocator>;

// So much memory that this many bytes of it are left for blocks.
constexpr std::size_t memory_for(std::size_t usable) {
    std::size_t memory = usable;
    while (usable_bytes<SizeClassAllocator>(memory) < usable) {
        memory += granule;
    }
    return memory;
}

std::size_t bytes_of(const SizeClassAllocator& heap, BlockState wanted) {
    std::size_t sum = 0;
    heap.for_each_free_block([&](std::span<const std::byte> block, BlockState state) {
        sum += state == wanted ? block.size() : 0;
    });
    return sum;
}

std::size_t cached_bytes(Arena& arena) {
    return arena.look([](const auto& heap) { return bytes_of(heap, BlockState::cached); });
}

std::size_t free_bytes(Arena& arena) {
    return arena.look([](const auto& heap) { return bytes_of(heap, BlockState::free); });
}

void free_all_of(Arena& arena, std::size_t size) {
    const std::map<std::byte*, Layout> live = arena.live();
    for (const auto& [block, layout] : live) {
        if (layout.size == size) {
            arena.deallocate(block);
        }
    }
}

// Frees as many blocks of each of these sizes as the budget has room for.
void fill_lists(Arena& arena, std::initializer_list<std::size_t> sizes) {
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

// The bytes that a block takes: the size of its class, if it has one.
std::size_t taken(Layout layout) {
    const std::size_t granules = align_up(layout.size, granule) / granule;
    const bool has_class = granules <= largest_class && layout.alignment <= granule;
    return granule * (has_class ? class_sizes[granules] : granules);
}

// Every byte after the table is part of exactly one block: free, kept ready or in use.
void check_cover(Arena& arena, std::size_t memory) {
    using Blocks = std::map<const std::byte*, std::size_t>;
    Blocks blocks = arena.look([](const SizeClassAllocator& heap) {
        Blocks found;
        heap.for_each_free_block([&found](std::span<const std::byte> block, BlockState) {
            EXPECT_TRUE(found.emplace(block.data(), block.size()).second);
        });
        return found;
    });
    for (const auto& [block, layout] : arena.live()) {
        EXPECT_TRUE(blocks.emplace(block, taken(layout)).second);
    }
    const std::byte* end = arena.start() + memory - usable_bytes<SizeClassAllocator>(memory);
    for (const auto& [block, size] : blocks) {
        ASSERT_EQ(block, end);
        end += size;
    }
    ASSERT_EQ(end, arena.start() + memory);
}

// Every size up to the largest, in granules, that is a class of its own.
std::vector<std::size_t> all_classes() {
    std::vector<std::size_t> classes;
    for (std::size_t size = 1; size <= largest_class; ++size) {
        if (class_sizes[size] == size) {
            classes.push_back(size);
        }
    }
    return classes;
}

TEST(SizeClasses, AreTheSmallestThatFit) {
    for (std::size_t size = 1; size <= largest_class; ++size) {
        const std::vector<std::size_t> classes = all_classes();
        EXPECT_EQ(class_sizes[size], *std::ranges::lower_bound(classes, size));
    }
    EXPECT_EQ(all_classes().back(), largest_class);
}

TEST(SizeClasses, RoundUpByLessThanAnEighthAndByThreePercentOnAverage) {
    std::size_t asked = 0;
    std::size_t taken = 0;
    for (std::size_t size = 1; size <= largest_class; ++size) {
        EXPECT_LT((class_sizes[size] - size) * 8, size) << size;
        asked += size;
        taken += class_sizes[size];
    }
    EXPECT_LE((taken - asked) * 36, asked);
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
    for (const std::size_t granules : all_classes()) {
        Arena arena{100 * kib};
        std::byte* const block = arena.allocate({granules * granule, 16});
        ASSERT_NE(arena.allocate({16, 8}), nullptr); // or it would be at the same address anyway
        arena.deallocate(block);
        EXPECT_EQ(cached_bytes(arena), granules * granule);
        EXPECT_EQ(arena.allocate({granules * granule, 1}), block);
        EXPECT_EQ(cached_bytes(arena), 0u);
    }
}

TEST(SizeClassAllocatorTest, EmptiesTheListsWhateverTheClass) {
    for (const std::size_t granules : all_classes()) {
        Arena arena{16 * kib};
        const std::size_t largest = arena.largest();
        arena.deallocate(arena.allocate({granules * granule, 8}));
        EXPECT_EQ(cached_bytes(arena), granules * granule);
        EXPECT_NE(arena.allocate({largest, 8}), nullptr);
        EXPECT_EQ(cached_bytes(arena), 0u);
    }
}

TEST(SizeClassAllocatorTest, DoesNotKeepLargeAndAlignedBlocksReady) {
    Arena arena{100 * kib};
    arena.deallocate(arena.allocate({1025, 8}));
    arena.deallocate(arena.allocate({100, 32}));
    EXPECT_EQ(cached_bytes(arena), 0u);
}

// The budget is an eighth of the memory.
TEST(SizeClassAllocatorTest, NeverKeepsMoreReadyThanItsBudget) {
    Arena arena{memory_for(64 * kib)};
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

// The budget is used up by small blocks. Then only large ones are allocated and freed.
TEST(SizeClassAllocatorTest, MakesRoomInTheListsForOtherSizes) {
    Arena arena{memory_for(64 * kib)};
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
        heap.for_each_free_block([&found](std::span<const std::byte> block, BlockState state) {
            found = found || (state == BlockState::cached && block.size() == kib);
        });
        return found;
    });
    EXPECT_TRUE(large_is_cached);
}

TEST(SizeClassAllocatorTest, EmptiesTheListsBeforeItReturnsNull) {
    Arena arena{memory_for(8 * kib)};
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

// If the list is empty and the budget is used up.
TEST(SizeClassAllocatorTest, GivesUpOneReadyBlockForEachMiss) {
    Arena arena{memory_for(64 * kib)};
    fill_lists(arena, {32, 48});
    const std::size_t cached = cached_bytes(arena);
    ASSERT_GT(cached + 64, 8 * kib);
    ASSERT_NE(arena.allocate({64, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), cached - 32);
    ASSERT_NE(arena.allocate({96, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), cached - 32 - 48) << "each class has its turn";
}

TEST(SizeClassAllocatorTest, KeepsEveryBlockReadyWhileThereIsRoomInTheBudget) {
    Arena arena{memory_for(64 * kib)};
    arena.deallocate(arena.allocate({32, 8}));
    ASSERT_NE(arena.allocate({64, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), 32u);
}

TEST(SizeClassAllocatorTest, GivesUpNoReadyBlockIfTheBudgetHasJustRoomForTheNext) {
    Arena arena{memory_for(64 * kib)};
    std::vector<std::byte*> small;
    for (std::size_t i = 0; i < (8 * kib - 64) / 16; ++i) {
        small.push_back(arena.allocate({16, 8}));
    }
    for (std::byte* const block : small) {
        arena.deallocate(block);
    }
    ASSERT_EQ(cached_bytes(arena), 8 * kib - 64);
    ASSERT_NE(arena.allocate({64, 8}), nullptr);
    EXPECT_EQ(cached_bytes(arena), 8 * kib - 64);
    ASSERT_NE(arena.allocate({80, 8}), nullptr); // for this one there is no room
    EXPECT_EQ(cached_bytes(arena), 8 * kib - 80);
}

TEST(SizeClassAllocatorTest, FreesBlocksThatTheBudgetHasNoRoomFor) {
    Arena arena{memory_for(64 * kib)};
    std::byte* const one_too_many = arena.allocate({1000, 8});
    ASSERT_NE(arena.allocate({16, 8}), nullptr);
    fill_lists(arena, {32, 48});
    const std::size_t cached = cached_bytes(arena);
    const std::size_t free = free_bytes(arena);
    arena.deallocate(one_too_many);
    EXPECT_EQ(cached_bytes(arena), cached);
    EXPECT_EQ(free_bytes(arena), free + kib) << "the size of its class";
}

TEST(SizeClassAllocatorTest, UsesItsBudgetToTheLastGranule) {
    Arena arena{memory_for(8 * kib)};
    std::byte* const exact = arena.allocate({1024, 16});
    std::byte* const more = arena.allocate({16, 16});
    arena.deallocate(exact);
    EXPECT_EQ(cached_bytes(arena), kib);
    arena.deallocate(more);
    EXPECT_EQ(cached_bytes(arena), kib);
}

// The wanted block has a class, or is aligned, or is large; those kept ready are of another class.
TEST(SizeClassAllocatorTest, EmptiesTheListsForBlocksOfEveryKind) {
    for (const Layout wanted :
         {Layout{16, 8}, Layout{900, 8}, Layout{1024, 512}, Layout{1500, 8}}) {
        Arena arena{memory_for(8 * kib)};
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

// Every granule is free, kept ready or in use.
TEST(SizeClassAllocatorTest, NeverLosesAGranule) {
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

TEST(SizeClassAllocatorTest, GrowsAndItsBudgetWithIt) {
    alignas(16) static std::array<std::byte, 64 * kib> memory;
    std::array<std::uint64_t, SizeClassAllocator::table_bytes(64 * kib) / 8> edges{};
    SizeClassAllocator heap{memory.data(), edges.data()};
    heap.grow(kib);
    EXPECT_EQ(heap.allocate({2 * kib, 8}), nullptr);
    heap.grow(63 * kib);
    EXPECT_EQ(bytes_of(heap, BlockState::free), 64 * kib);
    void* const block = heap.allocate({1000, 8});
    heap.deallocate(block, {1000, 8});
    EXPECT_EQ(bytes_of(heap, BlockState::cached), kib);
}

// What is kept ready stays a part of the larger budget.
TEST(SizeClassAllocatorTest, GrowsWhileBlocksAreKeptReady) {
    alignas(16) static std::array<std::byte, 16 * kib> memory;
    std::array<std::uint64_t, SizeClassAllocator::table_bytes(16 * kib) / 8> edges{};
    SizeClassAllocator heap{memory.data(), edges.data()};
    constexpr Layout layout{kib, 16};
    heap.grow(8 * kib);
    const std::array<void*, 3> blocks{heap.allocate(layout), heap.allocate(layout),
                                      heap.allocate(layout)};
    heap.deallocate(blocks[0], layout);
    EXPECT_EQ(bytes_of(heap, BlockState::cached), kib) << "all of the budget";
    heap.grow(8 * kib);
    heap.deallocate(blocks[1], layout);
    EXPECT_EQ(bytes_of(heap, BlockState::cached), 2 * kib) << "all of the budget";
    heap.deallocate(blocks[2], layout);
    EXPECT_EQ(bytes_of(heap, BlockState::cached), 2 * kib);
    EXPECT_EQ(heap.allocate({16 * kib, 16}), memory.data()) << "what was kept ready is free again";
}

} // namespace
