#include "mapped_memory.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;
using enum Level;
using enum PageSize;
using enum EntryFlag;
using Addresses = std::vector<std::uint64_t>;

constexpr std::uint64_t kib = 1 << 10;
constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t gib = 1 << 30;

struct Range {
    std::uint64_t start;
    std::uint64_t to;
    std::uint64_t bytes;
    PageSize largest = gib1;
    EntryFlags flags = writable;
};

std::expected<void, MapError> map(AddressSpace& space, const Range& range) {
    return space.mapper.map_range(at(range.start), memory_at(range.to), range.bytes, range.flags,
                                  space.frames, range.largest);
}

// Page by page, as the contract says: the largest that fits.
Contents expected_pages(const Range& range) {
    Contents pages;
    for (std::uint64_t done = 0; done < range.bytes;) {
        const std::uint64_t where = range.start + done;
        for (const PageSize size : {gib1, mib2, kib4}) {
            if (size <= range.largest && where % size_in_bytes(size) == 0 &&
                (range.to + done) % size_in_bytes(size) == 0 &&
                range.bytes - done >= size_in_bytes(size)) {
                pages[where] = {range.to + done, size,
                                range.flags | present |
                                    (size == kib4 ? EntryFlags{} : EntryFlags{large_page})};
                done += size_in_bytes(size);
                break;
            }
        }
    }
    return pages;
}

const std::vector<Range> ranges{
    {0x1000, 0x5000, 4 * kib},
    {0x1000, 0x5000, 12 * kib},
    {0xFFFF'9000'0000'0000, 0, 2 * mib},
    {0xFFFF'9000'0000'0000, 0, 2 * mib, kib4},
    {0xFFFF'9000'0000'0000, 0, 2 * mib + 4 * kib},
    {0x1F'F000, 0x1F'F000, 2 * mib + 8 * kib}, // 4 KiB, 2 MiB, 4 KiB
    {0x1F'F000, 0x2F'F000, 2 * mib + 8 * kib}, // never aligned alike
    {0x3FFF'F000, 0x7FFF'F000, gib + 8 * kib}, // 4 KiB, 1 GiB, 4 KiB
    {0x3FFF'F000, 0x7FFF'F000, gib + 8 * kib, mib2},
    {0x3FE0'0000, 0x7FE0'0000, 2 * gib + 4 * mib},           // 2 MiB, 2 x 1 GiB, 2 MiB
    {0x3FE0'0000, 0x5FE0'0000, 2 * gib + 4 * mib},           // aligned alike to 2 MiB only
    {0x007F'FFFF'F000, 0x1'0000'F000, 8 * kib},              // from one level-4 entry to the next
    {0x0000'7FFF'FFFF'F000, 0x000F'FFFF'FFFF'F000, 4 * kib}, // the ends of both
    {0xFFFF'FFFF'FFE0'0000, 0x000F'FFFF'FFE0'0000, 2 * mib},
    {0x1000, 0x5000, 0},
};

TEST(MapRange, UsesTheLargestPagesThatFit) {
    for (const Range& range : ranges) {
        AddressSpace space;
        ASSERT_TRUE(map(space, range)) << std::hex << range.start;
        const Survey found = space.survey();
        EXPECT_EQ(found.pages, expected_pages(range)) << std::hex << range.start;
        EXPECT_EQ(found.tables, space.frames.in_use);
    }
}

TEST(MapRange, LeavesNoTableWhenItIsUnmapped) {
    for (const Range& range : ranges) {
        AddressSpace space;
        const auto before = space.memory.snapshot();
        ASSERT_TRUE(map(space, range));
        auto unmapped = space.mapper.unmap_range(at(range.start), range.bytes, space.frames);
        ASSERT_TRUE(unmapped);
        std::move(*unmapped).ignore();
        EXPECT_EQ(space.memory.snapshot(), before) << std::hex << range.start;
        EXPECT_TRUE(space.frames.in_use.empty());
    }
}

// Also with pages before and after the range, so that some of the tables exist already.
TEST(MapRange, LeavesEverythingAsItWasWhenFramesRunOut) {
    for (const bool neighbours : {false, true}) {
        for (const Range& range : ranges) {
            for (std::uint64_t budget = 0;; ++budget) {
                AddressSpace space;
                if (neighbours) {
                    ASSERT_TRUE(space.map(page(range.start + range.bytes), frame(0)));
                    ASSERT_TRUE(space.map(page(range.start - 0x1000), frame(0)));
                }
                const auto before = space.memory.snapshot();
                const std::uint64_t taken = space.frames.allocations;
                space.frames.left = budget;
                const auto result = map(space, range);
                if (result) {
                    EXPECT_EQ(space.frames.left, 0U) << "takes more than it needs";
                    EXPECT_EQ(space.frames.allocations - taken, budget);
                    EXPECT_EQ(space.survey().tables, space.frames.in_use);
                    break;
                }
                EXPECT_EQ(result.error(), MapError::out_of_frames);
                EXPECT_EQ(space.memory.snapshot(), before);
                EXPECT_EQ(space.frames.left, budget);
                ASSERT_LT(budget, 100U);
            }
        }
    }
}

TEST(MapRange, ChangesNothingIfAPageIsInTheWay) {
    const Range range{0x3FDF'F000, 0xFDF'F000, 4 * mib + 8 * kib, gib1, user};
    for (const std::uint64_t obstacle : {0x3FDF'F000ULL, 0x3FE0'0000ULL, 0x3FE0'7000ULL,
                                         0x4000'0000ULL, 0x401F'F000ULL, 0x4020'0000ULL}) {
        AddressSpace space;
        ASSERT_TRUE(space.map(page(obstacle), frame(0x7000)));
        const auto before = space.memory.snapshot();
        const auto result = map(space, range);
        ASSERT_FALSE(result) << std::hex << obstacle;
        EXPECT_EQ(result.error(), MapError::already_mapped);
        EXPECT_EQ(space.memory.snapshot(), before);
        EXPECT_EQ(space.frames.allocations, 3U);
    }
    AddressSpace space;
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0)));
    EXPECT_EQ(map(space, range).error(), MapError::inside_large_page);
}

TEST(MapRange, FindsAPageInItsWayAnywhereInATable) {
    for (const std::uint64_t obstacle : {0u, 1u, 7u, 510u, 511u}) {
        AddressSpace space;
        ASSERT_TRUE(space.map(page(obstacle * 0x1000), frame(0x7000)));
        const auto before = space.memory.snapshot();
        EXPECT_EQ(map(space, {0, 0, 2 * mib, kib4}).error(), MapError::already_mapped) << obstacle;
        EXPECT_EQ(space.memory.snapshot(), before);
    }
}

TEST(MapRange, MapsUpToItsNeighbours) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0)));
    ASSERT_TRUE(space.map(page(0x5000), frame(0)));
    ASSERT_TRUE(map(space, {0x2000, 0x9000, 12 * kib, gib1, user}));
    EXPECT_EQ(space.survey().pages.size(), 5U);
    EXPECT_TRUE(space.mapper.translate(at(0x4FFF))->permissions().user);
}

TEST(MapRange, RefusesARangeThatIsNotMadeOfPages) {
    AddressSpace space;
    const auto before = space.memory.snapshot();
    for (const Range& range : {
             Range{0x1001, 0x5000, 4 * kib},
             Range{0x1000, 0x5001, 4 * kib},
             Range{0x1000, 0x5000, 4 * kib + 1},
             Range{0x0000'7FFF'FFFF'F000, 0x5000, 8 * kib}, // into the hole
             Range{0xFFFF'FFFF'FFFF'F000, 0x5000, 8 * kib}, // past the top
             Range{0x1000, 0x000F'FFFF'FFFF'F000, 8 * kib}, // past the end of memory
             Range{0x1000, 0, 0xFFFF'FFFF'FFFF'F000},
         }) {
        const auto mapped = map(space, range);
        ASSERT_FALSE(mapped);
        EXPECT_EQ(mapped.error(), MapError::no_such_range);
        if (range.to % 4096 == 0 && range.to < gib) {
            const auto unmapped =
                space.mapper.unmap_range(at(range.start), range.bytes, space.frames);
            ASSERT_FALSE(unmapped);
            EXPECT_EQ(unmapped.error(), UnmapError::no_such_range);
        }
    }
    EXPECT_EQ(space.memory.snapshot(), before);
}

TEST(UnmapRange, UnmapsAllPagesInTheRangeAndNoOthers) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1F'E000), frame(0x1000))); // before
    ASSERT_TRUE(space.map(page(0x1F'F000), frame(0x2000)));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0)));
    ASSERT_TRUE(space.map(page(0x60'3000), frame(0x3000)));
    ASSERT_TRUE(space.map(page(0x60'5000), frame(0x4000))); // after
    const auto outside = [](const Contents& pages) {
        return pages.size() == 2 && pages.contains(0x1F'E000) && pages.contains(0x60'5000);
    };
    auto pending = space.mapper.unmap_range(at(0x1F'F000), 0x60'5000 - 0x1F'F000, space.frames);
    ASSERT_TRUE(pending);
    EXPECT_EQ(flushed(std::move(*pending)).all, 1);
    const Survey found = space.survey();
    EXPECT_TRUE(outside(found.pages));
    EXPECT_EQ(found.tables, space.frames.in_use);
}

TEST(UnmapRange, DoesNotSplitPages) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0)));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0)));
    ASSERT_TRUE(space.map(page(0x1000), frame(0)));
    const auto before = space.memory.snapshot();
    for (const auto& [start, end] : {std::pair{0x1000, 0x3F'F000},
                                     {0x20'1000, 0x40'0000},
                                     {0x1000, 0x4000'1000},
                                     {0x4020'0000, 0x4040'0000},
                                     {0x20'1000, 0x20'2000}}) {
        const auto result = space.mapper.unmap_range(at(std::uint64_t(start)),
                                                     std::uint64_t(end - start), space.frames);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error(), UnmapError::other_page_size);
        EXPECT_EQ(space.memory.snapshot(), before);
    }
}

TEST(UnmapRange, SaysWhatToFlush) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page<mib2>(0x40'0000), frame<mib2>(0)));
    ASSERT_TRUE(space.map(page<mib2>(0x60'0000), frame<mib2>(0)));
    auto large = space.mapper.unmap_range(at(0x3F'F000), 4 * mib + 4 * kib, space.frames);
    ASSERT_TRUE(large);
    EXPECT_EQ(flushed(std::move(*large)).all, 1);
    ASSERT_TRUE(space.map(page(0x2000), frame(0)));
    auto small = space.mapper.unmap_range(at(0x1000), 12 * kib, space.frames);
    ASSERT_TRUE(small);
    EXPECT_EQ(flushed(std::move(*small)).pages, (Addresses{0x1000, 0x2000, 0x3000}));
}

TEST(UnmapRange, GoesQuicklyThroughTheWholeOfAnEmptyHalf) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x5000), frame(0)));
    ASSERT_TRUE(space.map(page(0x0000'7FFF'FFFF'F000), frame(0)));
    auto pending = space.mapper.unmap_range(at(0), std::uint64_t{1} << 47, space.frames);
    ASSERT_TRUE(pending);
    std::move(*pending).ignore();
    EXPECT_TRUE(space.frames.in_use.empty());
}

} // namespace
