// Free blocks join with their neighbours, at every position in the table of edges, and are found in
// every bin.

#include "heap/segregated_fit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace {

using namespace kernel;

// SegregatedFit as seen from its granules.
struct Fit : SegregatedFit {
    using SegregatedFit::SegregatedFit;

    std::byte* take(std::size_t granules, std::size_t alignment = granule) {
        return static_cast<std::byte*>(allocate({granules * granule, alignment}));
    }
    void put(std::byte* block, std::size_t granules) {
        deallocate(block, {granules * granule, granule});
    }
};

// 200 granules, whose edges take more than three words.
class SegregatedFitTest : public testing::Test {
protected:
    static constexpr std::size_t granules = 200;

    alignas(16) std::array<std::byte, granules * granule> memory{};
    std::array<std::uint64_t, 8> edges{};
    Fit fit{memory.data(), edges.data()};

    SegregatedFitTest() { fit.grow(memory.size()); }

    // Free blocks as pairs of granule and length.
    std::vector<std::pair<std::size_t, std::size_t>> free_blocks() const {
        std::vector<std::pair<std::size_t, std::size_t>> blocks;
        fit.for_each_free_block([&](std::span<const std::byte> block, BlockState) {
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
    EXPECT_EQ(fit.take(10), at(granules - 10));
    EXPECT_EQ(fit.take(1), at(granules - 11));
    EXPECT_EQ(free_blocks(), (Blocks{{0, granules - 11}}));
}

TEST_F(SegregatedFitTest, TakesTheSmallestBlockThatFits) {
    EXPECT_EQ(fit.take(granules), at(0));
    fit.put(at(10), 20);
    fit.put(at(50), 5);
    fit.put(at(100), 8);
    EXPECT_EQ(fit.take(6), at(102));
    EXPECT_EQ(fit.take(5), at(50));
    EXPECT_EQ(fit.take(9), at(21));
    EXPECT_EQ(free_blocks(), (Blocks{{10, 11}, {100, 2}}));
}

// At every position, so also where the edges are in different words of the table.
TEST_F(SegregatedFitTest, JoinsABlockWithTheFreeOnesInFrontAndBehind) {
    for (const std::size_t length : {1u, 2u, 5u}) {
        for (std::size_t first = 0; first + 3 * length <= granules; ++first) {
            ASSERT_EQ(fit.take(granules), at(0));
            fit.put(at(first), length);
            EXPECT_EQ(free_blocks(), (Blocks{{first, length}}));
            fit.put(at(first + 2 * length), length); // touches nothing
            EXPECT_EQ(free_blocks(), (Blocks{{first, length}, {first + 2 * length, length}}));
            fit.put(at(first + length), length); // touches both
            EXPECT_EQ(free_blocks(), (Blocks{{first, 3 * length}}));
            if (first != 0) {
                fit.put(at(0), first); // touches the one above it
            }
            EXPECT_EQ(free_blocks(), (Blocks{{0, first + 3 * length}}));
            if (const std::size_t left = granules - first - 3 * length; left != 0) {
                fit.put(at(granules - left), left); // touches the one below it
            }
            EXPECT_EQ(free_blocks(), (Blocks{{0, granules}}));
        }
    }
}

TEST_F(SegregatedFitTest, LeavesNoEdgeInTheTable) {
    ASSERT_EQ(fit.take(granules), at(0));
    EXPECT_EQ(edges, (decltype(edges){}));
    fit.put(at(3), 1);
    fit.put(at(2), 1);
    fit.put(at(4), 1);
    EXPECT_EQ(fit.take(3), at(2));
    EXPECT_EQ(edges, (decltype(edges){}));
}

TEST_F(SegregatedFitTest, FreesWhatIsInFrontOfAnAlignedBlockAndBehindIt) {
    for (std::size_t alignment = 32; alignment <= 512; alignment *= 2) {
        std::byte* const block = fit.take(3, alignment);
        ASSERT_NE(block, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
        std::size_t free = 0;
        for (const auto& [first, length] : free_blocks()) {
            free += length;
        }
        EXPECT_EQ(free, granules - 3);
        fit.put(block, 3);
        EXPECT_EQ(free_blocks(), (Blocks{{0, granules}}));
    }
}

// Wherever the free block begins, an aligned one must fit.
TEST_F(SegregatedFitTest, AlignsInsideABlockThatIsJustLargeEnough) {
    ASSERT_EQ(fit.take(granules), at(0));
    const std::size_t first = reinterpret_cast<std::uintptr_t>(at(10)) % 32 == 0 ? 11 : 10;
    fit.put(at(first), 4);
    EXPECT_EQ(fit.take(4, 32), nullptr);
    EXPECT_EQ(fit.take(3, 32), at(first + 1));
}

TEST(GrowingSegregatedFit, JoinsNewMemoryToAFreeBlockAtTheEnd) {
    alignas(16) std::array<std::byte, 64 * granule> memory;
    std::array<std::uint64_t, 2> edges{};
    Fit fit{memory.data(), edges.data()};
    EXPECT_EQ(fit.take(1), nullptr);
    fit.grow(10 * granule);
    fit.grow(20 * granule);
    EXPECT_EQ(fit.take(30), memory.data());
    fit.grow(34 * granule);
    EXPECT_EQ(fit.take(35), nullptr);
    EXPECT_EQ(fit.take(34), memory.data() + 30 * granule);
}

// More memory than the bins tell apart. The inside of its blocks is never touched.
class LargeSegregatedFit : public testing::Test {
protected:
    static constexpr std::size_t granules = std::size_t{1} << 23; // 128 MiB

    std::unique_ptr<std::byte[]> memory{new std::byte[granules * granule]};
    std::vector<std::uint64_t> edges =
        std::vector<std::uint64_t>(SegregatedFit::table_bytes(granules * granule) / 8);
    Fit fit{memory.get(), edges.data()};

    void SetUp() override {
        fit.grow(granules * granule);
        ASSERT_EQ(fit.take(granules), at(0));
    }

    std::byte* at(std::size_t index) { return memory.get() + index * granule; }

    // Calls try_out(size, step) with the first size of each bin, and the distance to the next
    // bin's.
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

// The last of these sizes share one bin with all that are larger.
TEST_F(LargeSegregatedFit, FindsABlockOfExactlyTheSizeAndNoneForMore) {
    for_each_bin([this](std::size_t size, std::size_t) {
        for (const std::size_t there : {size, size + 1, size + 2}) {
            fit.put(at(0), there);
            ASSERT_EQ(fit.take(there + 1), nullptr) << there;
            ASSERT_EQ(fit.take(there), at(0)) << there;
        }
    });
}

TEST_F(LargeSegregatedFit, FindsABlockOfTheNextBin) {
    for_each_bin([this](std::size_t size, std::size_t step) {
        fit.put(at(0), size + step);
        ASSERT_EQ(fit.take(size), at(step)) << size;
        ASSERT_EQ(fit.take(step), at(0));
    });
}

TEST_F(LargeSegregatedFit, PrefersABlockOfItsOwnBin) {
    for_each_bin([this](std::size_t size, std::size_t step) {
        if (size < std::size_t{1} << 22) { // above it all blocks are in the last bin
            std::byte* const larger = at(granules / 2);
            fit.put(at(0), size);
            fit.put(larger, size + step);
            ASSERT_EQ(fit.take(size), at(0)) << size;
            ASSERT_EQ(fit.take(size + step), larger) << size;
        }
    });
}

TEST_F(LargeSegregatedFit, FindsASmallBlockBesideOneThatIsLargerThanTheBinsTellApart) {
    fit.put(at(1), 1);
    fit.put(at(10), granules - 10);
    EXPECT_EQ(fit.take(1), at(1));
    EXPECT_EQ(fit.take(granules - 10), at(10));
}

// Whichever block of a bin is taken, the others stay in it.
TEST_F(LargeSegregatedFit, KeepsTheOthersOfABin) {
    for_each_bin([this](std::size_t size, std::size_t) {
        if (size >= granules / 4) {
            return; // or the three would touch each other
        }
        for (const std::size_t gone : {0u, 1u, 2u}) {
            for (std::size_t i = 0; i < 3; ++i) {
                fit.put(at(i * granules / 4), size);
            }
            fit.put(at(gone * granules / 4 + size), 1); // this one grows
            ASSERT_EQ(fit.take(size + 1), at(gone * granules / 4)) << size;
            ASSERT_NE(fit.take(size), nullptr) << size;
            ASSERT_NE(fit.take(size), nullptr) << size;
            ASSERT_EQ(fit.take(1), nullptr) << size;
        }
    });
}

// Sizes above 63 granules share bins: the only block that fits may be the last of many.
TEST(FullBin, HoldsTheOneBlockThatFitsAmongMany) {
    constexpr std::size_t blocks = 20;
    constexpr std::size_t granules = 1500;
    alignas(16) static std::array<std::byte, granules * granule> memory;
    std::array<std::uint64_t, SegregatedFit::table_bytes(memory.size()) / 8> edges{};
    Fit fit{memory.data(), edges.data()};
    fit.grow(memory.size());
    std::vector<std::byte*> taken;
    std::byte* const large = fit.take(79);
    ASSERT_NE(fit.take(1), nullptr); // or the next would touch it
    for (std::size_t i = 0; i < blocks; ++i) {
        taken.push_back(fit.take(64));
        ASSERT_NE(fit.take(1), nullptr);
    }
    while (fit.take(1) != nullptr) {
    }
    fit.put(large, 79);
    for (std::byte* const block : taken) {
        fit.put(block, 64);
    }
    EXPECT_EQ(fit.take(79), large);
    EXPECT_EQ(fit.take(65), nullptr);
    EXPECT_NE(fit.take(64), nullptr);
}

TEST(TableBytes, AreWholeWordsWithABitForEachGranuleAndTwoMore) {
    EXPECT_EQ(SegregatedFit::table_bytes(0), 8u);
    EXPECT_EQ(SegregatedFit::table_bytes(62 * granule), 8u);
    EXPECT_EQ(SegregatedFit::table_bytes(63 * granule), 16u);
    EXPECT_EQ(SegregatedFit::table_bytes(100 * 1024), 808u);
}

} // namespace
