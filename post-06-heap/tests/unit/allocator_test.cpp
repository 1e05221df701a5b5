// What every allocator promises.

#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <type_traits>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t kib = 1024;

template <typename A>
class EveryAllocator : public testing::Test {};

using AllAllocators =
    testing::Types<BumpAllocator, LinkedListAllocator, SegregatedFit, SizeClassAllocator>;
TYPED_TEST_SUITE(EveryAllocator, AllAllocators);

// The allocators that can use all memory again, whatever the order in which it was freed.
template <typename A>
class CoalescingAllocator : public testing::Test {};

using CoalescingAllocators = testing::Types<LinkedListAllocator, SegregatedFit, SizeClassAllocator>;
TYPED_TEST_SUITE(CoalescingAllocator, CoalescingAllocators);

TYPED_TEST(EveryAllocator, AllocatesBlocksOfEverySize) {
    HeapArena<TypeParam> arena{64 * kib};
    for (std::size_t size = 1; size <= 2 * kib; ++size) {
        std::byte* const block = arena.allocate({size, 1});
        ASSERT_NE(block, nullptr) << size;
        arena.deallocate(block);
    }
}

TYPED_TEST(EveryAllocator, AlignsBlocksAsAskedFor) {
    for (std::size_t alignment = 1; alignment <= 4096; alignment *= 2) {
        HeapArena<TypeParam> arena{64 * kib};
        for (const std::size_t size :
             {std::size_t{1}, std::size_t{24}, alignment, std::size_t{3000}}) {
            ASSERT_NE(arena.allocate({size, alignment}), nullptr) << alignment << ' ' << size;
            ASSERT_NE(arena.allocate({1, 1}), nullptr);
        }
        arena.deallocate_all();
    }
}

TYPED_TEST(EveryAllocator, KeepsTheContentOfManyBlocks) {
    HeapArena<TypeParam> arena{100 * kib};
    std::size_t size = 1;
    while (arena.allocate({size, 8}) != nullptr) {
        size = size * 7 % 509 + 1;
    }
    EXPECT_GT(arena.live().size(), 300u);
    arena.deallocate_all();
}

// The largest block in so many bytes of memory. Sizes that have a class are rounded up to it.
template <typename A>
constexpr std::size_t usable(std::size_t memory) {
    std::size_t granules = usable_bytes<A>(memory) / granule;
    if constexpr (std::is_same_v<A, SizeClassAllocator>) {
        while (granules <= largest_class && class_sizes[granules] != granules) {
            --granules;
        }
    }
    return granules * granule;
}

TYPED_TEST(EveryAllocator, AllocatesAllOfItsMemoryAsOneBlock) {
    for (std::size_t size = 0; size < 9 * kib; size += size < 80 ? 1 : 61) {
        HeapArena<TypeParam> arena{size};
        const std::size_t whole = usable<TypeParam>(size);
        EXPECT_EQ(arena.allocate({whole + 1, 1}), nullptr) << size;
        if (whole != 0) {
            std::byte* const block = arena.allocate({whole, 1});
            ASSERT_NE(block, nullptr) << size;
            arena.deallocate(block);
            EXPECT_NE(arena.allocate({whole, 16}), nullptr) << size;
        }
    }
}

TYPED_TEST(EveryAllocator, AllocatesLargeBlocks) {
    HeapArena<TypeParam> arena{1024 * kib};
    for (const std::size_t size :
         {4 * kib, 12 * kib + 1, 64 * kib, std::size_t{100'000}, 800 * kib}) {
        ASSERT_NE(arena.allocate({size, 8}), nullptr) << size;
    }
    arena.deallocate_all();
}

TYPED_TEST(EveryAllocator, ReturnsNullWhenItIsFullAndWorksAgainAfterAFree) {
    HeapArena<TypeParam> arena{4 * kib};
    std::vector<std::byte*> blocks;
    while (std::byte* const block = arena.allocate({64, 16})) {
        blocks.push_back(block);
    }
    EXPECT_GE(blocks.size(), 62u);
    EXPECT_EQ(arena.allocate({64, 16}), nullptr);
    arena.deallocate(blocks.back());
    EXPECT_NE(arena.allocate({64, 16}), nullptr);
    EXPECT_EQ(arena.allocate({64, 16}), nullptr);
    arena.deallocate_all(); // checks their content
}

TYPED_TEST(EveryAllocator, ReturnsNullForBlocksThatFitIntoNoMemory) {
    HeapArena<TypeParam> arena{4 * kib};
    for (const std::size_t size :
         {4 * kib + 1, std::size_t{1} << 32, std::size_t{1} << 36, (std::size_t{1} << 36) + 64,
          std::size_t{PTRDIFF_MAX}, std::size_t{PTRDIFF_MAX} + 48}) {
        for (const std::size_t alignment :
             {std::size_t{1}, std::size_t{4096}, std::size_t{1} << 32, std::size_t{1} << 36,
              std::size_t{1} << 62, std::size_t{1} << 63}) {
            EXPECT_EQ(arena.allocate({size, alignment}), nullptr) << size << ' ' << alignment;
        }
    }
    EXPECT_EQ(arena.allocate({1, std::size_t{1} << 62}), nullptr);
    EXPECT_EQ(arena.allocate({16, std::size_t{1} << 63}), nullptr);
    EXPECT_NE(arena.allocate({usable<TypeParam>(4 * kib), 1}), nullptr);
}

// The smallest amounts have no room for any block.
TYPED_TEST(EveryAllocator, WorksWithAnyAmountOfMemory) {
    for (std::size_t size = 0; size <= 3 * kib; size += size < 300 ? 1 : 23) {
        HeapArena<TypeParam> arena{size};
        std::size_t blocks = 0;
        for (std::size_t wanted = 1; arena.allocate({wanted, 8}) != nullptr; ++blocks) {
            wanted = wanted * 5 % 97 + 1;
        }
        EXPECT_GE(blocks, size / 100) << size;
        arena.deallocate_all();
        EXPECT_EQ(arena.allocate({size + 1, 1}), nullptr);
    }
}

TYPED_TEST(EveryAllocator, UsesTheBlockFreedLastAgain) {
    HeapArena<TypeParam> arena{4 * kib};
    ASSERT_NE(arena.allocate({8, 8}), nullptr);
    for (int i = 0; i < 1000; ++i) {
        std::byte* const block = arena.allocate({100, 8});
        ASSERT_NE(block, nullptr) << i;
        arena.deallocate(block);
    }
}

TYPED_TEST(CoalescingAllocator, IsOneBlockAgainWhenEverythingIsFreed) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::mt19937 random{seed};
        HeapArena<TypeParam> arena{16 * kib};
        const std::size_t largest = arena.largest();
        std::vector<std::byte*> blocks;
        while (std::byte* const block =
                   arena.allocate({random() % 300 + 1, std::size_t{1} << random() % 7})) {
            blocks.push_back(block);
        }
        std::shuffle(blocks.begin(), blocks.end(), random);
        for (std::byte* const block : blocks) {
            arena.deallocate(block);
        }
        EXPECT_EQ(arena.largest(), largest) << seed;
    }
}

TYPED_TEST(CoalescingAllocator, LosesNothingToTheAlignmentOfBlocks) {
    HeapArena<TypeParam> arena{16 * kib};
    std::byte* const small = arena.allocate({16, 16});
    std::byte* const aligned = arena.allocate({16, 4096});
    ASSERT_NE(aligned, nullptr);
    std::size_t sum = 32;
    while (arena.allocate({16, 16}) != nullptr) {
        sum += 16;
    }
    EXPECT_EQ(sum, usable<TypeParam>(16 * kib));
    arena.deallocate(small);
    arena.deallocate(aligned);
}

// Blocks come and go beside one that stays.
template <typename A>
bool many_boxes_long_lived() {
    HeapArena<A> arena{4 * kib};
    std::byte* const long_lived = arena.allocate({8, 8});
    std::byte* other = arena.allocate({8, 8});
    for (std::size_t i = 0; i < 4 * kib; ++i) {
        std::byte* const box = arena.allocate({8, 8});
        if (box == nullptr) {
            return false;
        }
        arena.deallocate(other); // not the last one: nothing to rewind
        other = box;
    }
    arena.deallocate(long_lived);
    return true;
}

TYPED_TEST(CoalescingAllocator, ServesManyBoxesBesideALongLivedOne) {
    EXPECT_TRUE(many_boxes_long_lived<TypeParam>());
}

TEST(BumpAllocatorTest, RunsOutOfMemoryBesideALongLivedBlock) {
    EXPECT_FALSE(many_boxes_long_lived<BumpAllocator>());
}

TEST(BumpAllocatorTest, StartsAgainWhenAllBlocksAreFreed) {
    HeapArena<BumpAllocator> arena{kib};
    for (int round = 0; round < 10; ++round) {
        std::byte* const first = arena.allocate({500, 1});
        std::byte* const second = arena.allocate({500, 1});
        EXPECT_EQ(first, arena.start());
        EXPECT_EQ(second, arena.start() + 500);
        arena.deallocate(first);
        arena.deallocate(second);
    }
}

TEST(BumpAllocatorTest, UsesTheMemoryOfTheLastBlockAtOnceAndOfNoOther) {
    HeapArena<BumpAllocator> arena{kib};
    std::byte* const first = arena.allocate({100, 1});
    std::byte* const second = arena.allocate({100, 1});
    std::byte* const third = arena.allocate({100, 1});
    arena.deallocate(third);
    EXPECT_EQ(arena.allocate({50, 1}), third);
    arena.deallocate(second);
    EXPECT_EQ(arena.allocate({50, 1}), third + 50);
    arena.deallocate(first);
}

// Blocks are cut off the end of the first hole that is large enough.
TEST(LinkedListAllocatorTest, TakesTheFirstHoleThatIsLargeEnough) {
    HeapArena<LinkedListAllocator> arena{320};
    ASSERT_NE(arena.allocate({128, 16}), nullptr);
    std::byte* const high = arena.allocate({48, 16});
    ASSERT_NE(arena.allocate({16, 16}), nullptr);
    std::byte* const middle = arena.allocate({64, 16});
    ASSERT_NE(arena.allocate({16, 16}), nullptr);
    std::byte* const low = arena.allocate({48, 16});
    arena.deallocate(high);
    arena.deallocate(low);
    arena.deallocate(middle);
    EXPECT_EQ(arena.allocate({64, 16}), middle);
    EXPECT_EQ(arena.allocate({16, 16}), low + 32);
    EXPECT_EQ(arena.allocate({48, 16}), high);
    EXPECT_EQ(arena.allocate({32, 16}), low);
}

// New memory joins the free memory in front of it; a block in between keeps them apart.
TYPED_TEST(EveryAllocator, GrowsAtItsEnd) {
    alignas(16) std::array<std::byte, 16 * kib> memory;
    std::array<std::uint64_t, 32> table{};
    ASSERT_LE(TypeParam::table_bytes(memory.size()), sizeof(table));
    TypeParam allocator{memory.data(), table.data()};
    allocator.grow(0);
    EXPECT_EQ(allocator.allocate({1, 1}), nullptr);
    allocator.grow(4 * kib);
    EXPECT_EQ(allocator.allocate({8 * kib, 16}), nullptr);
    allocator.grow(4 * kib);
    void* const first = allocator.allocate({8 * kib, 16});
    EXPECT_EQ(first, memory.data());
    allocator.grow(8 * kib);
    void* const second = allocator.allocate({8 * kib, 16});
    EXPECT_EQ(second, memory.data() + 8 * kib);
    EXPECT_EQ(allocator.allocate({1, 1}), nullptr);
    allocator.deallocate(first, {8 * kib, 16});
    allocator.deallocate(second, {8 * kib, 16});
    EXPECT_EQ(allocator.allocate({16 * kib, 16}), memory.data());
}

TYPED_TEST(EveryAllocator, HasNothingBeforeItIsGivenMemory) {
    TypeParam allocator;
    for (const Layout layout : {Layout{1, 1}, Layout{16, 16}, Layout{2000, 1}, Layout{1, 4096}}) {
        EXPECT_EQ(allocator.allocate(layout), nullptr);
    }
}

// Every byte is part of a block in use or of one that is visited.
TYPED_TEST(EveryAllocator, VisitsAllThatIsNotInUse) {
    HeapArena<TypeParam> arena{16 * kib};
    const auto unused_bytes = [&arena] {
        return arena.look([](const TypeParam& allocator) {
            std::size_t sum = 0;
            allocator.for_each_free_block(
                [&sum](std::span<const std::byte> block, BlockState) { sum += block.size(); });
            return sum;
        });
    };
    const std::size_t whole = usable_bytes<TypeParam>(16 * kib);
    EXPECT_EQ(unused_bytes(), whole);
    for (std::size_t count = 1; count <= 10; ++count) {
        ASSERT_NE(arena.allocate({96, 16}), nullptr);
        EXPECT_EQ(unused_bytes(), whole - count * 96);
    }
    arena.deallocate_all();
    EXPECT_EQ(unused_bytes(), whole);
}

} // namespace
