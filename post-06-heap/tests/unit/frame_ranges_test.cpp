#include "memory/frame_ranges.hpp"

#include <gtest/gtest.h>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <ios>
#include <limits>
#include <optional>
#include <ostream>
#include <random>
#include <vector>

namespace kernel {

void PrintTo(const PhysicalRange& range, std::ostream* out) {
    *out << std::hex << range.start << '-' << range.end << std::dec;
}

} // namespace kernel

namespace {

using kernel::Frame;
using kernel::FrameRanges;
using kernel::PhysicalAddress;
using kernel::PhysicalRange;
using Ranges = std::vector<PhysicalRange>;

constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;
constexpr std::uint64_t last_number = std::numeric_limits<std::uint64_t>::max();

Ranges list(const FrameRanges& ranges) {
    return {ranges.begin(), ranges.end()};
}

FrameRanges of(const Ranges& ranges) {
    FrameRanges result;
    for (const PhysicalRange& range : ranges) {
        EXPECT_TRUE(result.add(range));
    }
    return result;
}

Ranges after_adding(const Ranges& before, PhysicalRange range) {
    FrameRanges ranges = of(before);
    EXPECT_TRUE(ranges.add(range));
    return list(ranges);
}

Ranges after_removing(const Ranges& before, PhysicalRange range) {
    FrameRanges ranges = of(before);
    EXPECT_TRUE(ranges.remove(range));
    return list(ranges);
}

Frame<> frame_at(std::uint64_t address) {
    return Frame<>::containing(PhysicalAddress::truncated(address));
}

// As many as fit, with a frame missing between any two.
FrameRanges full() {
    FrameRanges ranges;
    for (std::uint64_t number = 0; number < FrameRanges::capacity; ++number) {
        EXPECT_TRUE(ranges.add({number * 0x4000 + 0x1000, number * 0x4000 + 0x4000}));
    }
    return ranges;
}

TEST(PhysicalRange, HasNoSizeIfItEndsWhereItStartsOrBefore) {
    EXPECT_EQ((PhysicalRange{0x1000, 0x1001}.size()), 1U);
    EXPECT_FALSE((PhysicalRange{0x1000, 0x1001}.is_empty()));
    for (const std::uint64_t end : {0x1000u, 0x0FFFu, 0u}) {
        const PhysicalRange range{0x1000, end};
        EXPECT_TRUE(range.is_empty());
        EXPECT_EQ(range.size(), 0U);
    }
}

TEST(PhysicalRange, EndsWithTheNumbersIfItsSizeReachesBeyond) {
    EXPECT_EQ(PhysicalRange::of_size(0x1000, 0x234), (PhysicalRange{0x1000, 0x1234}));
    EXPECT_EQ(PhysicalRange::of_size(0x1000, 0), (PhysicalRange{0x1000, 0x1000}));
    EXPECT_EQ(PhysicalRange::of_size(0x1000, last_number), (PhysicalRange{0x1000, last_number}));
    EXPECT_EQ(PhysicalRange::of_size(last_number, 1), (PhysicalRange{last_number, last_number}));
    EXPECT_EQ(PhysicalRange::of_size(last_number - 1, 1),
              (PhysicalRange{last_number - 1, last_number}));
}

TEST(PhysicalRange, FallsIntoTwoPartsAtAnAddress) {
    const PhysicalRange range{0x1000, 0x3000};
    EXPECT_EQ(range.below(0x2000), (PhysicalRange{0x1000, 0x2000}));
    EXPECT_EQ(range.from(0x2000), (PhysicalRange{0x2000, 0x3000}));
    EXPECT_EQ(range.below(0x4000), range);
    EXPECT_TRUE(range.from(0x4000).is_empty());
    EXPECT_TRUE(range.below(0x800).is_empty());
    EXPECT_EQ(range.from(0x800), range);
}

TEST(FrameRanges, AreEmptyAtFirst) {
    const FrameRanges ranges;
    EXPECT_EQ(list(ranges), Ranges{});
    EXPECT_EQ(ranges.frames(), 0U);
    EXPECT_FALSE(ranges.contains(frame_at(0)));
}

TEST(FrameRanges, AreSortedInWhateverOrderTheyCome) {
    const Ranges sorted{{0x1000, 0x2000}, {0x4000, 0x6000}, {0x8000, 0x9000}};
    EXPECT_EQ(list(of({sorted[0], sorted[1], sorted[2]})), sorted);
    EXPECT_EQ(list(of({sorted[2], sorted[1], sorted[0]})), sorted);
    EXPECT_EQ(list(of({sorted[1], sorted[2], sorted[0]})), sorted);
}

TEST(FrameRanges, BecomeOneWhereTheyTouchOrOverlap) {
    const Ranges before{{0x4000, 0x6000}, {0x8000, 0xA000}, {0xC000, 0xD000}};
    EXPECT_EQ(after_adding(before, {0x3000, 0x4000}),
              (Ranges{{0x3000, 0x6000}, {0x8000, 0xA000}, {0xC000, 0xD000}}));
    EXPECT_EQ(after_adding(before, {0x6000, 0x7000}),
              (Ranges{{0x4000, 0x7000}, {0x8000, 0xA000}, {0xC000, 0xD000}}));
    EXPECT_EQ(after_adding(before, {0x6000, 0x8000}), (Ranges{{0x4000, 0xA000}, {0xC000, 0xD000}}));
    EXPECT_EQ(after_adding(before, {0x5000, 0x9000}), (Ranges{{0x4000, 0xA000}, {0xC000, 0xD000}}));
    EXPECT_EQ(after_adding(before, {0x1000, 0xB000}), (Ranges{{0x1000, 0xB000}, {0xC000, 0xD000}}));
    EXPECT_EQ(after_adding(before, {0x1000, 0xE000}), (Ranges{{0x1000, 0xE000}}));
    EXPECT_EQ(after_adding(before, {0x8000, 0x9000}), before);
}

TEST(FrameRanges, StayApartIfAFrameIsMissingBetweenThem) {
    EXPECT_EQ(after_adding({{0x4000, 0x6000}}, {0x7000, 0x8000}),
              (Ranges{{0x4000, 0x6000}, {0x7000, 0x8000}}));
    EXPECT_EQ(after_adding({{0x4000, 0x6000}}, {0x2000, 0x3000}),
              (Ranges{{0x2000, 0x3000}, {0x4000, 0x6000}}));
}

TEST(FrameRanges, TakeInOnlyWholeFrames) {
    EXPECT_EQ(after_adding({}, {0x1001, 0x4000}), (Ranges{{0x2000, 0x4000}}));
    EXPECT_EQ(after_adding({}, {0x1FFF, 0x4000}), (Ranges{{0x2000, 0x4000}}));
    EXPECT_EQ(after_adding({}, {0x1000, 0x4001}), (Ranges{{0x1000, 0x4000}}));
    EXPECT_EQ(after_adding({}, {0x1000, 0x4FFF}), (Ranges{{0x1000, 0x4000}}));
    EXPECT_EQ(after_adding({}, {0x1001, 0x2FFF}), Ranges{});
    EXPECT_EQ(after_adding({}, {0x1234, 0x1567}), Ranges{});
    EXPECT_EQ(after_adding({}, {0x1800, 0x2800}), Ranges{});
    EXPECT_EQ(after_adding({}, {0, 0xFFF}), Ranges{});
}

TEST(FrameRanges, MakeNoFrameOfTwoHalves) {
    EXPECT_EQ(list(of({{0x1000, 0x2800}, {0x2800, 0x4000}})),
              (Ranges{{0x1000, 0x2000}, {0x3000, 0x4000}}));
}

TEST(FrameRanges, LoseEveryFrameThatARemovedRangeTouches) {
    const Ranges before{{0x1000, 0x8000}};
    const Ranges without_third{{0x1000, 0x3000}, {0x4000, 0x8000}};
    EXPECT_EQ(after_removing(before, {0x3000, 0x4000}), without_third);
    EXPECT_EQ(after_removing(before, {0x3000, 0x3001}), without_third);
    EXPECT_EQ(after_removing(before, {0x3FFF, 0x4000}), without_third);
    EXPECT_EQ(after_removing(before, {0x3456, 0x3457}), without_third);
    EXPECT_EQ(after_removing(before, {0x3FFF, 0x4001}),
              (Ranges{{0x1000, 0x3000}, {0x5000, 0x8000}}));
}

TEST(FrameRanges, LoseTheirEdges) {
    const Ranges before{{0x2000, 0x8000}, {0xA000, 0xB000}};
    EXPECT_EQ(after_removing(before, {0x2000, 0x3000}),
              (Ranges{{0x3000, 0x8000}, {0xA000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0x1000, 0x3000}),
              (Ranges{{0x3000, 0x8000}, {0xA000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0x7000, 0x8000}),
              (Ranges{{0x2000, 0x7000}, {0xA000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0x7000, 0x9000}),
              (Ranges{{0x2000, 0x7000}, {0xA000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0x2000, 0x8000}), (Ranges{{0xA000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0xA000, 0xB000}), (Ranges{{0x2000, 0x8000}}));
}

TEST(FrameRanges, LoseWhatLiesAcrossSeveral) {
    const Ranges before{{0x1000, 0x4000}, {0x5000, 0x6000}, {0x8000, 0xB000}};
    EXPECT_EQ(after_removing(before, {0x3000, 0x9000}),
              (Ranges{{0x1000, 0x3000}, {0x9000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0x4000, 0x8000}),
              (Ranges{{0x1000, 0x4000}, {0x8000, 0xB000}}));
    EXPECT_EQ(after_removing(before, {0, last_number}), Ranges{});
}

TEST(FrameRanges, LoseNothingToARangeBesideThem) {
    const Ranges before{{0x4000, 0x6000}, {0x8000, 0xA000}};
    for (const PhysicalRange& beside :
         Ranges{{0, 0x4000}, {0x6000, 0x8000}, {0xA000, last_number}}) {
        EXPECT_EQ(after_removing(before, beside), before);
    }
}

TEST(FrameRanges, TakeNoNoticeOfAnEmptyRange) {
    const Ranges before{{0x4000, 0x8000}};
    for (const PhysicalRange& empty : Ranges{{0x5000, 0x5000},
                                             {0x5800, 0x5800},
                                             {0x6000, 0x5000},
                                             {0x7800, 0x4800},
                                             {0, 0},
                                             {0x2000, 0x1000},
                                             {0x9000, 0x2000},
                                             {last_number, last_number},
                                             {last_number, 0}}) {
        EXPECT_EQ(after_adding(before, empty), before);
        EXPECT_EQ(after_removing(before, empty), before);
    }
}

TEST(FrameRanges, EndWherePhysicalAddressesDo) {
    EXPECT_EQ(after_adding({}, {end_of_memory - 0x1000, last_number}),
              (Ranges{{end_of_memory - 0x1000, end_of_memory}}));
    EXPECT_EQ(after_adding({}, {end_of_memory - 0x1000, end_of_memory + 1}),
              (Ranges{{end_of_memory - 0x1000, end_of_memory}}));
    EXPECT_EQ(after_adding({}, {end_of_memory - 1, last_number}), Ranges{});
    EXPECT_EQ(after_adding({}, {end_of_memory, last_number}), Ranges{});
    EXPECT_EQ(after_adding({}, {last_number - 1, last_number}), Ranges{});
    EXPECT_EQ(of({{0, last_number}}).frames(), end_of_memory / 0x1000);
    EXPECT_TRUE(of({{0, last_number}}).contains(frame_at(end_of_memory - 0x1000)));

    const Ranges all{{0, end_of_memory}};
    EXPECT_EQ(after_removing(all, {end_of_memory - 1, last_number}),
              (Ranges{{0, end_of_memory - 0x1000}}));
    EXPECT_EQ(after_removing(all, {end_of_memory, last_number}), all);
    EXPECT_EQ(after_removing(all, {last_number - 1, last_number}), all);
    EXPECT_EQ(after_removing(all, {0, 1}), (Ranges{{0x1000, end_of_memory}}));
}

TEST(FrameRanges, CountTheirFrames) {
    EXPECT_EQ(of({{0x1000, 0x2000}}).frames(), 1U);
    EXPECT_EQ(of({{0x1000, 0x4000}, {0x8000, 0xA000}}).frames(), 5U);
    EXPECT_EQ(of({{0x10'0000, 0x800'0000}}).frames(), 32'512U);
}

TEST(FrameRanges, ContainTheirFramesAndNoOther) {
    const FrameRanges ranges = of({{0x2000, 0x4000}, {0x6000, 0x7000}});
    for (std::uint64_t frame = 0; frame < 10; ++frame) {
        EXPECT_EQ(ranges.contains(frame_at(frame * 0x1000)), frame == 2 || frame == 3 || frame == 6)
            << frame;
    }
}

TEST(FrameRanges, HoldAsManyRangesAsTheirCapacity) {
    EXPECT_EQ(list(full()).size(), 64U);
    EXPECT_EQ(FrameRanges::capacity, 64U);
    EXPECT_EQ(full().frames(), 64U * 3);
}

TEST(FrameRanges, LeaveOutANewRangeThatDoesNotFitIfItIsTheSmallest) {
    FrameRanges without_first = full();
    ASSERT_TRUE(without_first.remove({0, 0x4000}));
    ASSERT_TRUE(without_first.add({0x200'0000, 0x210'0000}));
    for (const PhysicalRange& small : Ranges{{0, 0x2000}, {0x100'0000, 0x100'2000}}) {
        FrameRanges ranges = without_first;
        EXPECT_FALSE(ranges.add(small));
        EXPECT_EQ(list(ranges), list(without_first));
    }
}

TEST(FrameRanges, LeaveOutTheSmallestForALargerOneThatDoesNotFit) {
    for (std::size_t smallest = 0; smallest < FrameRanges::capacity; ++smallest) {
        FrameRanges ranges = full();
        Ranges expected = list(ranges);
        ASSERT_TRUE(ranges.remove({expected[smallest].start, expected[smallest].start + 0x1000}));
        EXPECT_FALSE(ranges.add({0x200'0000, 0x210'0000}));
        expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(smallest));
        expected.push_back({0x200'0000, 0x210'0000});
        EXPECT_EQ(list(ranges), expected);
    }
}

// Never does what was removed stay in.
TEST(FrameRanges, LeaveOutTheSmallestIfThereIsNoRoomToSplitOne) {
    const Ranges before = list(full());
    for (std::size_t split = 0; split < before.size(); ++split) {
        FrameRanges ranges = full();
        const std::uint64_t start = before[split].start;
        EXPECT_FALSE(ranges.remove({start + 0x1000, start + 0x2000}));
        Ranges expected = before; // of the two halves, alike, the first goes
        expected[split].start = start + 0x2000;
        EXPECT_EQ(list(ranges), expected);
    }
}

TEST(FrameRanges, TakeInMoreThoughFullWhereNoRangeIsAddedByIt) {
    FrameRanges ranges = full();
    EXPECT_TRUE(ranges.add({0x100, 0x200}));   // no whole frame
    EXPECT_TRUE(ranges.add({0x2000, 0x3000})); // there already
    EXPECT_TRUE(ranges.add({0, 0x1000}));      // touches the first
    EXPECT_TRUE(ranges.remove({0x8000, 0xA000}));
    EXPECT_EQ(list(ranges).size(), 64U);
    EXPECT_TRUE(ranges.add({0x4000, 0x5000})); // joins the first two
    EXPECT_EQ(list(ranges).size(), 63U);
}

// Random ranges, even and odd, against a bit for every frame.
TEST(FrameRanges, AgreeWithASetOfFrames) {
    constexpr std::size_t frames = 160;
    std::mt19937 random{5};
    for (int round = 0; round < 300; ++round) {
        FrameRanges ranges;
        std::bitset<frames> expected;
        for (int step = 0; step < 60; ++step) {
            const std::uint64_t start = random() % (frames * 4) * 0x400;
            const std::uint64_t size = random() % 48 * 0x400;
            const PhysicalRange range = PhysicalRange::of_size(start, size).below(frames * 0x1000);
            const bool adds = random() % 2 == 0;
            ASSERT_TRUE(adds ? ranges.add(range) : ranges.remove(range));
            for (std::size_t frame = 0; frame < frames && !range.is_empty(); ++frame) {
                const std::uint64_t first = frame * 0x1000;
                if (adds && range.start <= first && first + 0x1000 <= range.end) {
                    expected.set(frame);
                } else if (!adds && range.start < first + 0x1000 && first < range.end) {
                    expected.reset(frame);
                }
            }
            for (std::size_t frame = 0; frame < frames; ++frame) {
                ASSERT_EQ(ranges.contains(frame_at(frame * 0x1000)), expected[frame]) << frame;
            }
            ASSERT_EQ(ranges.frames(), expected.count());
            std::optional<std::uint64_t> end;
            for (const PhysicalRange& each : ranges) {
                ASSERT_FALSE(each.is_empty());
                ASSERT_TRUE(!end || each.start > *end);
                end = each.end;
            }
        }
    }
}

// The list is usable while compiling.
static_assert([] {
    FrameRanges ranges;
    return ranges.add({0x1000, 0x5000}) && ranges.remove({0x2000, 0x3000}) && ranges.frames() == 3;
}());

} // namespace
