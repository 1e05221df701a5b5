// Judges the exercise best-fit.

#include "heap/linked_list_allocator.hpp"
#include "heap_arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

using namespace kernel;
using Arena = HeapArena<LinkedListAllocator>;

struct FreeRange {
    std::byte* start;
    std::size_t size;
};

std::vector<FreeRange> holes_of(Arena& arena) {
    return arena.look([&arena](const LinkedListAllocator& heap) {
        std::vector<FreeRange> holes;
        heap.for_each_free_block([&](std::span<const std::byte> block, BlockState) {
            holes.push_back({arena.start() + (block.data() - arena.start()), block.size()});
        });
        return holes;
    });
}

// Blocks that lie side by side, from high addresses to low: the memory is cut off its end.
std::vector<std::byte*> blocks_of(Arena& arena, std::initializer_list<std::size_t> sizes) {
    std::vector<std::byte*> blocks;
    for (const std::size_t size : sizes) {
        blocks.push_back(arena.allocate({size, 16}));
    }
    return blocks;
}

TEST(BestFit, TakesTheSmallestHoleThatIsLargeEnough) {
    Arena arena{1024};
    const auto blocks = blocks_of(arena, {128, 16, 48, 16, 64, 16, 736});
    arena.deallocate(blocks[0]);
    arena.deallocate(blocks[2]);
    arena.deallocate(blocks[4]);
    EXPECT_EQ(arena.allocate({60, 16}), blocks[4]);
    EXPECT_EQ(arena.allocate({33, 16}), blocks[2]);
    EXPECT_EQ(arena.allocate({33, 16}), blocks[0] + 80);
}

TEST(BestFit, DoesNotDependOnTheOrderOfAddresses) {
    Arena arena{1024};
    const auto blocks = blocks_of(arena, {48, 16, 64, 16, 128, 16, 736});
    arena.deallocate(blocks[0]);
    arena.deallocate(blocks[2]);
    arena.deallocate(blocks[4]);
    EXPECT_EQ(arena.allocate({33, 16}), blocks[0]);
    EXPECT_EQ(arena.allocate({33, 16}), blocks[2] + 16);
    EXPECT_EQ(arena.allocate({33, 16}), blocks[4] + 80);
}

// The smallest hole has the size, but no aligned place for it.
TEST(BestFit, AsksWhetherTheBlockFitsWithItsAlignment) {
    Arena arena{4096};
    const auto blocks = blocks_of(arena, {256, 16, 64, 16, 3744});
    arena.deallocate(blocks[0]);
    arena.deallocate(blocks[2]);
    std::byte* const block = arena.allocate({64, 128});
    ASSERT_NE(block, nullptr);
    EXPECT_GE(block, blocks[0]);
}

TEST(BestFit, ReturnsNullIfNoHoleIsLargeEnough) {
    Arena arena{1024};
    const auto blocks = blocks_of(arena, {64, 16, 64, 16, 864});
    arena.deallocate(blocks[0]);
    arena.deallocate(blocks[2]);
    EXPECT_EQ(arena.allocate({65, 16}), nullptr);
    EXPECT_NE(arena.allocate({64, 16}), nullptr);
    EXPECT_NE(arena.allocate({64, 16}), nullptr);
    EXPECT_EQ(arena.allocate({1, 1}), nullptr);
}

// The end of the hole minus the size, moved down to a multiple of the alignment.
bool fits(const FreeRange& hole, Layout layout) {
    const std::size_t size = align_up(layout.size, granule);
    const auto start = reinterpret_cast<std::uintptr_t>(hole.start);
    return hole.size >= size && align_down(start + hole.size - size, layout.alignment) >= start;
}

TEST(BestFit, IsTheBestOfAllHolesInLongRandomSequences) {
    for (unsigned seed = 0; seed < 5; ++seed) {
        std::mt19937 random{seed};
        Arena arena{16 * 1024};
        const std::size_t largest = arena.largest();
        std::vector<std::byte*> blocks;
        for (int step = 0; step < 600; ++step) {
            if (random() % 5 < 2 && !blocks.empty()) {
                std::swap(blocks[random() % blocks.size()], blocks.back());
                arena.deallocate(blocks.back());
                blocks.pop_back();
                continue;
            }
            const Layout layout{random() % 400 + 1, std::size_t{1} << random() % 8};
            std::size_t best = 0;
            const auto holes = holes_of(arena);
            for (const FreeRange& hole : holes) {
                if (fits(hole, layout) && (best == 0 || hole.size < best)) {
                    best = hole.size;
                }
            }
            std::byte* const block = arena.allocate(layout);
            ASSERT_EQ(block != nullptr, best != 0);
            if (block == nullptr) {
                continue;
            }
            blocks.push_back(block);
            const auto from = std::ranges::find_if(holes, [block](const FreeRange& hole) {
                return block >= hole.start && block < hole.start + hole.size;
            });
            ASSERT_NE(from, holes.end());
            EXPECT_EQ(from->size, best) << "seed " << seed << " step " << step;
        }
        arena.deallocate_all();
        EXPECT_EQ(arena.largest(), largest) << "something was lost";
    }
}

} // namespace
