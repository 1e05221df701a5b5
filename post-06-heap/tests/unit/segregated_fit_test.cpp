// Blocks that melt with their neighbours, at every place in the bits that tell of them.

#include "heap/segregated_fit.hpp"
#include "heap_arena.hpp"
#include "segregated_fit_adapter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t granule = SegregatedFit::granule;

// Memory for 200 granules, more than three words of edges; these lie elsewhere.
class SegregatedFitTest : public testing::Test {
protected:
    static constexpr std::size_t granules = 200;

    alignas(16) std::array<std::byte, granules * granule> memory{};
    std::array<std::uint64_t, 8> edges{};
    SegregatedFit fit{edges.data(), memory};

    // Free blocks as pairs of granule and length.
    std::vector<std::pair<std::size_t, std::size_t>> free_blocks() const {
        std::vector<std::pair<std::size_t, std::size_t>> blocks;
        fit.for_each_free_block([&](std::span<const std::byte> block) {
            blocks.emplace_back(static_cast<std::size_t>(block.data() - memory.data()) / granule,
                                block.size() / granule);
        });
        return blocks;
    }

    using Blocks = std::vector<std::pair<std::size_t, std::size_t>>;

    std::byte* at(std::size_t index) { return memory.data() + index * granule; }
};

TEST_F(SegregatedFitTest, BeginsAsOneFreeBlock) {
    EXPECT_EQ(free_blocks(), (Blocks{{0, granules}}));
}

TEST_F(SegregatedFitTest, CutsBlocksOffTheEnd) {
    EXPECT_EQ(fit.allocate(10), at(granules - 10));
    EXPECT_EQ(fit.allocate(1), at(granules - 11));
    EXPECT_EQ(free_blocks(), (Blocks{{0, granules - 11}}));
}

TEST_F(SegregatedFitTest, TakesTheSmallestBlockThatFits) {
    EXPECT_EQ(fit.allocate(granules), at(0));
    fit.deallocate(at(10), 20);
    fit.deallocate(at(50), 5);
    fit.deallocate(at(100), 8);
    EXPECT_EQ(fit.allocate(6), at(102));
    EXPECT_EQ(fit.allocate(5), at(50));
    EXPECT_EQ(fit.allocate(9), at(21));
    EXPECT_EQ(free_blocks(), (Blocks{{10, 11}, {100, 2}}));
}

// Each of the three comes back last, at every place: so also across the words of the edges.
TEST_F(SegregatedFitTest, MeltsWithTheBlockInFrontTheOneBehindBothAndNone) {
    for (const std::size_t length : {1u, 2u, 5u}) {
        for (std::size_t first = 0; first + 3 * length <= granules; ++first) {
            ASSERT_EQ(fit.allocate(granules), at(0));
            fit.deallocate(at(first), length);
            EXPECT_EQ(free_blocks(), (Blocks{{first, length}}));
            fit.deallocate(at(first + 2 * length), length); // touches nothing
            EXPECT_EQ(free_blocks(), (Blocks{{first, length}, {first + 2 * length, length}}));
            fit.deallocate(at(first + length), length); // touches both
            EXPECT_EQ(free_blocks(), (Blocks{{first, 3 * length}}));
            if (first != 0) {
                fit.deallocate(at(0), first); // touches the one behind
            }
            EXPECT_EQ(free_blocks(), (Blocks{{0, first + 3 * length}}));
            if (const std::size_t left = granules - first - 3 * length; left != 0) {
                fit.deallocate(at(granules - left), left); // touches the one in front
            }
            EXPECT_EQ(free_blocks(), (Blocks{{0, granules}}));
        }
    }
}

TEST_F(SegregatedFitTest, LeavesNoEdgeBehind) {
    ASSERT_EQ(fit.allocate(granules), at(0));
    EXPECT_EQ(edges, (decltype(edges){}));
    fit.deallocate(at(3), 1);
    fit.deallocate(at(2), 1);
    fit.deallocate(at(4), 1);
    EXPECT_EQ(fit.allocate(3), at(2));
    EXPECT_EQ(edges, (decltype(edges){}));
}

TEST_F(SegregatedFitTest, AlignsAndGivesBackWhatIsInFrontAndBehind) {
    for (std::size_t alignment = 32; alignment <= 512; alignment *= 2) {
        std::byte* const block = fit.allocate_aligned(3, alignment);
        ASSERT_NE(block, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
        std::size_t free = 0;
        for (const auto& [first, length] : free_blocks()) {
            free += length;
        }
        EXPECT_EQ(free, granules - 3);
        fit.deallocate(block, 3);
        EXPECT_EQ(free_blocks(), (Blocks{{0, granules}}));
    }
}

// In the worst case all but one granule of the alignment lies in front.
TEST_F(SegregatedFitTest, AlignsInsideABlockThatIsJustLargeEnough) {
    ASSERT_EQ(fit.allocate(granules), at(0));
    const std::size_t first = reinterpret_cast<std::uintptr_t>(at(10)) % 32 == 0 ? 11 : 10;
    fit.deallocate(at(first), 4);
    EXPECT_EQ(fit.allocate_aligned(4, 32), nullptr);
    EXPECT_EQ(fit.allocate_aligned(3, 32), at(first + 1));
}

TEST(GrowingSegregatedFit, JoinsNewMemoryToAFreeBlockAtTheEnd) {
    alignas(16) std::array<std::byte, 64 * granule> memory;
    std::array<std::uint64_t, 2> edges{};
    SegregatedFit fit{edges.data(), std::span{memory}.first(0)};
    EXPECT_EQ(fit.allocate(1), nullptr);
    fit.grow(10 * granule);
    fit.grow(20 * granule);
    EXPECT_EQ(fit.allocate(30), memory.data());
    fit.grow(34 * granule);
    EXPECT_EQ(fit.allocate(35), nullptr);
    EXPECT_EQ(fit.allocate(34), memory.data() + 30 * granule);
}

// What is no whole granule is left out.
TEST(GrowingSegregatedFit, CountsWholeGranules) {
    alignas(16) std::array<std::byte, 4 * granule> memory;
    std::array<std::uint64_t, 1> edges{};
    SegregatedFit fit{edges.data(), std::span{memory}.first(granule - 1)};
    fit.grow(0);
    fit.grow(granule - 1);
    EXPECT_EQ(fit.allocate(1), nullptr);
    fit.grow(3 * granule - 1);
    EXPECT_EQ(fit.allocate(3), nullptr);
    EXPECT_EQ(fit.allocate(2), memory.data());
}

TEST(SegregatedFitWithoutMemory, HasNothing) {
    SegregatedFit fit;
    EXPECT_EQ(fit.allocate(1), nullptr);
    EXPECT_EQ(fit.allocate_aligned(1, 4096), nullptr);
    fit.for_each_free_block([](std::span<const std::byte>) { FAIL(); });
}

// More memory than bins tell apart. Of what lies inside its blocks nothing is ever touched.
class LargeSegregatedFit : public testing::Test {
protected:
    static constexpr std::size_t granules = std::size_t{1} << 23; // 128 MiB

    std::unique_ptr<std::byte[]> memory{new std::byte[granules * granule]};
    std::vector<std::uint64_t> edges =
        std::vector<std::uint64_t>(SegregatedFit::edge_bytes(granules * granule) / 8);
    SegregatedFit fit{edges.data(), std::span{memory.get(), granules* granule}};

    void SetUp() override { ASSERT_EQ(fit.allocate(granules), at(0)); }

    std::byte* at(std::size_t index) { return memory.get() + index * granule; }

    // Calls try_out(size, step) for the first size of each bin, and how far the next is from it.
    template <typename TryOut>
    static void for_each_bin(TryOut try_out) {
        for (std::size_t size = 1; size < 64; ++size) {
            try_out(size, 1);
        }
        for (std::size_t step = 16; step < granules / 8; step *= 2) {
            for (std::size_t size = 4 * step; size < 8 * step; size += step) {
                try_out(size, step);
            }
        }
    }
};

// The last of them are sizes that share a bin with all that are larger.
TEST_F(LargeSegregatedFit, FindsABlockOfExactlyItsSizeAndNoneForMore) {
    for_each_bin([this](std::size_t size, std::size_t) {
        for (const std::size_t there : {size, size + 1, size + 2}) {
            fit.deallocate(at(0), there);
            ASSERT_EQ(fit.allocate(there + 1), nullptr) << there;
            ASSERT_EQ(fit.allocate(there), at(0)) << there;
        }
    });
}

TEST_F(LargeSegregatedFit, FindsABlockOfTheNextBin) {
    for_each_bin([this](std::size_t size, std::size_t step) {
        fit.deallocate(at(0), size + step);
        ASSERT_EQ(fit.allocate(size), at(step)) << size;
        ASSERT_EQ(fit.allocate(step), at(0));
    });
}

TEST_F(LargeSegregatedFit, PrefersABlockOfItsOwnBin) {
    for_each_bin([this](std::size_t size, std::size_t step) {
        if (size < std::size_t{1} << 22) { // from there on all are in the last
            std::byte* const larger = at(granules / 2);
            fit.deallocate(at(0), size);
            fit.deallocate(larger, size + step);
            ASSERT_EQ(fit.allocate(size), at(0)) << size;
            ASSERT_EQ(fit.allocate(size + step), larger) << size;
        }
    });
}

// None of the others of its bin goes with it, whichever of them is taken.
TEST_F(LargeSegregatedFit, KeepsTheOthersOfABin) {
    for_each_bin([this](std::size_t size, std::size_t) {
        if (size >= granules / 4) {
            return; // three would touch each other
        }
        for (const std::size_t gone : {0u, 1u, 2u}) {
            for (std::size_t i = 0; i < 3; ++i) {
                fit.deallocate(at(i * granules / 4), size);
            }
            fit.deallocate(at(gone * granules / 4 + size), 1); // it grows, and goes alone
            ASSERT_EQ(fit.allocate(size + 1), at(gone * granules / 4)) << size;
            ASSERT_NE(fit.allocate(size), nullptr) << size;
            ASSERT_NE(fit.allocate(size), nullptr) << size;
            ASSERT_EQ(fit.allocate(1), nullptr) << size;
        }
    });
}

// Sizes above 63 granules share bins: the only block that fits may be one of many, the last.
TEST(FullBin, HoldsTheOneBlockThatFitsAmongMany) {
    constexpr std::size_t blocks = 20;
    std::vector<std::byte> bytes((blocks * 80 + 100) * granule + 64 * 1024);
    auto* const start = reinterpret_cast<std::byte*>(
        align_up(reinterpret_cast<std::uintptr_t>(bytes.data()), granule));
    SegregatedFit fit{std::span{start, bytes.size() - granule}};
    std::vector<std::byte*> taken;
    std::byte* const large = fit.allocate(79);
    ASSERT_NE(fit.allocate(1), nullptr); // or the next would touch it
    for (std::size_t i = 0; i < blocks; ++i) {
        taken.push_back(fit.allocate(64));
        ASSERT_NE(fit.allocate(1), nullptr);
    }
    while (fit.allocate(1) != nullptr) {
    }
    fit.deallocate(large, 79);
    for (std::byte* const block : taken) {
        fit.deallocate(block, 64);
    }
    EXPECT_EQ(fit.allocate(79), large);
    EXPECT_EQ(fit.allocate(65), nullptr);
    EXPECT_NE(fit.allocate(64), nullptr);
}

TEST(EdgeBytes, AreOneHundredAndTwentyEighthOfTheMemoryAndOneMoreWord) {
    EXPECT_EQ(SegregatedFit::edge_bytes(0), 8u);
    EXPECT_EQ(SegregatedFit::edge_bytes(62 * granule), 8u);
    EXPECT_EQ(SegregatedFit::edge_bytes(63 * granule), 16u);
    EXPECT_EQ(SegregatedFit::edge_bytes(100 * 1024), 808u);
}

} // namespace
