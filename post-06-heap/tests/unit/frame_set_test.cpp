#include "memory/frame_set.hpp"

#include "frame_runs.hpp"

#include <gtest/gtest.h>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>

namespace {

using kernel::Frame;
using kernel::FrameSet;
using kernel::PhysicalAddress;
using kernel::PhysicalRange;

constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;
constexpr std::uint64_t last_number = std::numeric_limits<std::uint64_t>::max();

FrameSet of(const Ranges& memory, const Ranges& gaps = {}) {
    FrameSet result;
    for (const PhysicalRange& range : memory) {
        result.add(range);
    }
    for (const PhysicalRange& range : gaps) {
        result.leave_out(range);
    }
    EXPECT_TRUE(result.is_complete());
    return result;
}

Ranges runs(const Ranges& memory, const Ranges& gaps = {}) {
    return runs_of(of(memory, gaps));
}

Frame<> frame_at(std::uint64_t address) {
    return Frame<>::containing(PhysicalAddress::truncated(address));
}

// Pieces of `frames` frames each, with a frame missing between any two.
Ranges pieces(std::uint64_t count, std::uint64_t start = 0x20'0000, std::uint64_t frames = 1) {
    Ranges all;
    for (std::uint64_t number = 0; number < count; ++number) {
        const std::uint64_t first = start + number * (frames + 1) * 0x1000;
        all.push_back({first, first + frames * 0x1000});
    }
    return all;
}

TEST(PhysicalRange, HasNoSizeIfItEndsWhereItStartsOrBefore) {
    EXPECT_EQ((PhysicalRange{0x1000, 0x1001}.size()), 1U);
    EXPECT_FALSE((PhysicalRange{0x1000, 0x1001}.is_empty()));
    for (const std::uint64_t end : {0x1000u, 0x0FFFu, 0u}) {
        const PhysicalRange range{0x1000, end};
        EXPECT_TRUE(range.is_empty());
        EXPECT_EQ(range.size(), 0U);
        EXPECT_FALSE(range.contains(0x1000));
    }
}

TEST(PhysicalRange, ContainsItsStartButNotItsEnd) {
    const PhysicalRange range{0x1000, 0x3000};
    EXPECT_FALSE(range.contains(0xFFF));
    EXPECT_TRUE(range.contains(0x1000));
    EXPECT_TRUE(range.contains(0x2FFF));
    EXPECT_FALSE(range.contains(0x3000));
}

TEST(PhysicalRange, EndsWithTheNumbersIfItsSizeReachesBeyond) {
    EXPECT_EQ(PhysicalRange::of_size(0x1000, 0x234), (PhysicalRange{0x1000, 0x1234}));
    EXPECT_EQ(PhysicalRange::of_size(0x1000, 0), (PhysicalRange{0x1000, 0x1000}));
    EXPECT_EQ(PhysicalRange::of_size(0x1000, last_number), (PhysicalRange{0x1000, last_number}));
    EXPECT_EQ(PhysicalRange::of_size(last_number, 1), (PhysicalRange{last_number, last_number}));
    EXPECT_EQ(PhysicalRange::of_size(last_number - 1, 1),
              (PhysicalRange{last_number - 1, last_number}));
}

TEST(FrameSet, IsEmptyAtFirst) {
    EXPECT_EQ(runs({}), Ranges{});
    EXPECT_EQ(FrameSet{}.frame_count(), 0U);
    EXPECT_TRUE(FrameSet{}.run_from(0).is_empty());
    EXPECT_FALSE(FrameSet{}.contains(frame_at(0)));
}

TEST(FrameSet, ReturnsRunsInAscendingOrderWhateverTheOrderOfItsRanges) {
    const Ranges sorted{{0x1000, 0x2000}, {0x4000, 0x6000}, {0x8000, 0x9000}};
    EXPECT_EQ(runs({sorted[0], sorted[1], sorted[2]}), sorted);
    EXPECT_EQ(runs({sorted[2], sorted[1], sorted[0]}), sorted);
    EXPECT_EQ(runs({sorted[1], sorted[2], sorted[0]}), sorted);
}

TEST(FrameSet, HoldsAFrameOnceEvenIfRangesOverlap) {
    const Ranges overlapping{
        {0x4000, 0x6000}, {0x5000, 0x9000}, {0x1000, 0x5000}, {0x2000, 0x3000}};
    EXPECT_EQ(runs(overlapping), (Ranges{{0x1000, 0x9000}}));
    EXPECT_EQ(of(overlapping).frame_count(), 8U);
}

TEST(FrameSet, TakesInOnlyWholeFrames) {
    EXPECT_EQ(runs({{0x1001, 0x4000}}), (Ranges{{0x2000, 0x4000}}));
    EXPECT_EQ(runs({{0x1FFF, 0x4000}}), (Ranges{{0x2000, 0x4000}}));
    EXPECT_EQ(runs({{0x1000, 0x4001}}), (Ranges{{0x1000, 0x4000}}));
    EXPECT_EQ(runs({{0x1000, 0x4FFF}}), (Ranges{{0x1000, 0x4000}}));
    EXPECT_EQ(runs({{0x1001, 0x2FFF}}), Ranges{});
    EXPECT_EQ(runs({{0x1234, 0x1567}}), Ranges{});
    EXPECT_EQ(runs({{0x1800, 0x2800}}), Ranges{});
    EXPECT_EQ(runs({{0, 0xFFF}}), Ranges{});
    EXPECT_EQ(runs({{0x1000, 0x2800}, {0x2800, 0x4000}}),
              (Ranges{{0x1000, 0x2000}, {0x3000, 0x4000}}));
}

TEST(FrameSet, LacksEveryFrameThatAGapTouches) {
    const Ranges memory{{0x1000, 0x8000}};
    const Ranges without_third{{0x1000, 0x3000}, {0x4000, 0x8000}};
    EXPECT_EQ(runs(memory, {{0x3000, 0x4000}}), without_third);
    EXPECT_EQ(runs(memory, {{0x3000, 0x3001}}), without_third);
    EXPECT_EQ(runs(memory, {{0x3FFF, 0x4000}}), without_third);
    EXPECT_EQ(runs(memory, {{0x3FFF, 0x4001}}), (Ranges{{0x1000, 0x3000}, {0x5000, 0x8000}}));
    EXPECT_EQ(runs(memory, {{0x1000, 0x2000}, {0x7000, 0x8000}}), (Ranges{{0x2000, 0x7000}}));
    EXPECT_EQ(runs(memory, {{0, 0x2000}, {0x7000, 0x9000}}), (Ranges{{0x2000, 0x7000}}));
    EXPECT_EQ(runs(memory, {{0, last_number}}), Ranges{});
    EXPECT_EQ(runs(memory, {{0, 0x1000}, {0x8000, last_number}}), memory);
}

TEST(FrameSet, LacksFramesInSeveralGaps) {
    const Ranges memory{{0x1000, 0x4000}, {0x5000, 0x6000}, {0x8000, 0xC000}};
    EXPECT_EQ(runs(memory, {{0x3000, 0x9000}}), (Ranges{{0x1000, 0x3000}, {0x9000, 0xC000}}));
    for (const Ranges& gaps : {Ranges{{0x1000, 0x3000}, {0x2000, 0x5000}, {0x5000, 0x9000}},
                               Ranges{{0x5000, 0x9000}, {0x2000, 0x5000}, {0x1000, 0x3000}}}) {
        EXPECT_EQ(runs(memory, gaps), (Ranges{{0x9000, 0xC000}}));
    }
}

TEST(FrameSet, LacksAGapWhetherItsMemoryComesBeforeOrAfter) {
    FrameSet set;
    set.leave_out({0x2000, 0x3000});
    set.add({0x1000, 0x4000});
    EXPECT_EQ(runs_of(set), (Ranges{{0x1000, 0x2000}, {0x3000, 0x4000}}));
}

TEST(FrameSet, IgnoresAnEmptyRange) {
    const Ranges memory{{0x4000, 0x8000}};
    for (const PhysicalRange& empty : Ranges{{0x5000, 0x5000},
                                             {0x5800, 0x5800},
                                             {0x6000, 0x5000},
                                             {0x7800, 0x4800},
                                             {0, 0},
                                             {0x2000, 0x1000},
                                             {0x9000, 0x2000},
                                             {last_number, last_number},
                                             {last_number, 0}}) {
        EXPECT_EQ(runs({memory[0], empty}), memory);
        EXPECT_EQ(runs(memory, {empty}), memory);
    }
}

TEST(FrameSet, EndsAtTheLastPhysicalAddress) {
    EXPECT_EQ(runs({{end_of_memory - 0x1000, last_number}}),
              (Ranges{{end_of_memory - 0x1000, end_of_memory}}));
    EXPECT_EQ(runs({{end_of_memory - 0x1000, end_of_memory + 1}}),
              (Ranges{{end_of_memory - 0x1000, end_of_memory}}));
    EXPECT_EQ(runs({{end_of_memory - 1, last_number}}), Ranges{});
    EXPECT_EQ(runs({{end_of_memory, last_number}}), Ranges{});
    EXPECT_EQ(runs({{last_number - 1, last_number}}), Ranges{});
    EXPECT_EQ(of({{0, last_number}}).frame_count(), end_of_memory / 0x1000);
    EXPECT_TRUE(of({{0, last_number}}).contains(frame_at(end_of_memory - 0x1000)));

    const Ranges all{{0, end_of_memory}};
    EXPECT_EQ(runs(all, {{end_of_memory - 1, last_number}}), (Ranges{{0, end_of_memory - 0x1000}}));
    EXPECT_EQ(runs(all, {{end_of_memory, last_number}}), all);
    EXPECT_EQ(runs(all, {{last_number - 1, last_number}}), all);
    EXPECT_EQ(runs(all, {{0, 1}}), (Ranges{{0x1000, end_of_memory}}));
}

TEST(FrameSet, ReturnsTheRunFromAnyAddressOn) {
    const FrameSet set = of({{0x2000, 0x6000}, {0x9000, 0xA000}}, {{0x4000, 0x5000}});
    EXPECT_EQ(set.run_from(0), (PhysicalRange{0x2000, 0x4000}));
    EXPECT_EQ(set.run_from(0x3000), (PhysicalRange{0x3000, 0x4000}));
    EXPECT_EQ(set.run_from(0x4000), (PhysicalRange{0x5000, 0x6000}));
    EXPECT_EQ(set.run_from(0x6000), (PhysicalRange{0x9000, 0xA000}));
    EXPECT_TRUE(set.run_from(0xA000).is_empty());
}

TEST(FrameSet, ContainsItsFramesAndNoOther) {
    const FrameSet set = of({{0x2000, 0x4000}, {0x6000, 0x7000}});
    for (std::uint64_t frame = 0; frame < 10; ++frame) {
        EXPECT_EQ(set.contains(frame_at(frame * 0x1000)), frame == 2 || frame == 3 || frame == 6)
            << frame;
    }
}

TEST(FrameSet, HoldsAsManyRangesAsItsCapacity) {
    EXPECT_EQ(FrameSet::capacity, 64U);
    EXPECT_EQ(runs(pieces(64)), pieces(64));
}

TEST(FrameSet, LacksTheSmallestPiecesOfMemoryIfThereAreTooMany) {
    for (const std::uint64_t before : {0u, 30u, 64u, 100u}) { // small ones, then a large one
        FrameSet set;
        const Ranges small = pieces(100);
        for (std::uint64_t number = 0; number < 100; ++number) {
            if (number == before) {
                set.add({0x100'0000, 0x800'0000});
            }
            set.add(small[number]);
        }
        if (before == 100) {
            set.add({0x100'0000, 0x800'0000});
        }
        EXPECT_FALSE(set.is_complete());
        EXPECT_EQ(runs_of(set).size(), 64U);
        EXPECT_EQ(runs_of(set).back(), (PhysicalRange{0x100'0000, 0x800'0000}));
    }
}

// Memory is given up for gaps, never the other way round.
TEST(FrameSet, LacksEveryGapHoweverManyThereAre) {
    for (const std::uint64_t memory : {1u, 10u, 63u, 64u}) {
        FrameSet set;
        for (const PhysicalRange& piece : pieces(memory, 0x20'0000, 100)) {
            set.add(piece);
        }
        const Ranges gaps = pieces(100);
        for (const PhysicalRange& gap : gaps) {
            set.leave_out(gap);
        }
        EXPECT_FALSE(set.is_complete());
        for (const PhysicalRange& gap : gaps) {
            EXPECT_FALSE(set.contains(frame_at(gap.start))) << memory;
        }
    }
}

TEST(FrameSet, LacksEveryGapInAPieceOfAllMemory) {
    FrameSet set;
    set.add({0, ~std::uint64_t{0}});
    const Ranges gaps = pieces(64);
    for (const PhysicalRange& gap : gaps) {
        set.leave_out(gap);
    }
    for (const PhysicalRange& gap : gaps) {
        EXPECT_FALSE(set.contains(frame_at(gap.start))) << gap.start;
    }
}

// 3 pieces of memory and 61 gaps fill the set, so the next gap replaces a piece.
TEST(FrameSet, GivesUpTheSmallestPieceOfMemoryForAGap) {
    FrameSet set;
    set.add({0x1000'0000, 0x2000'0000});
    set.add({0x3000'0000, 0x3000'1000});
    set.add({0x4000'0000, 0x5000'0000});
    for (const PhysicalRange& gap : pieces(61)) {
        set.leave_out(gap);
    }
    EXPECT_TRUE(set.is_complete());
    set.leave_out({0x1000'0000, 0x1000'1000});
    EXPECT_FALSE(set.is_complete());
    EXPECT_EQ(runs_of(set), (Ranges{{0x1000'1000, 0x2000'0000}, {0x4000'0000, 0x5000'0000}}));
}

// Random ranges, aligned and not, compared with a bit for every frame.
TEST(FrameSet, AgreesWithABitForEveryFrame) {
    constexpr std::size_t frames = 160;
    std::mt19937 random{5};
    for (int round = 0; round < 1'000; ++round) {
        FrameSet set;
        std::bitset<frames> memory;
        std::bitset<frames> gaps;
        for (int step = 0; step < 20; ++step) {
            const std::uint64_t start = random() % (frames * 4) * 0x400;
            const std::uint64_t size = random() % 48 * 0x400;
            const PhysicalRange range{start,
                                      std::min(start + size, std::uint64_t{frames} * 0x1000)};
            const bool adds = random() % 2 == 0;
            adds ? set.add(range) : set.leave_out(range);
            for (std::size_t frame = 0; frame < frames && !range.is_empty(); ++frame) {
                const std::uint64_t first = frame * 0x1000;
                if (adds && range.start <= first && first + 0x1000 <= range.end) {
                    memory.set(frame);
                } else if (!adds && range.start < first + 0x1000 && first < range.end) {
                    gaps.set(frame);
                }
            }
        }
        const auto expected = memory & ~gaps;
        for (std::size_t frame = 0; frame < frames; ++frame) {
            ASSERT_EQ(set.contains(frame_at(frame * 0x1000)), expected[frame]) << frame;
        }
        ASSERT_EQ(set.frame_count(), expected.count());
    }
}

} // namespace
