// Judges the exercise adjacent-frames.

#include "memory/region_frame_allocator.hpp"

#include "fake_frame_memory.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace kernel;

constexpr std::uint64_t frame_size = 0x1000;

Frame<> frame_at(std::uint64_t address) {
    return Frame<>::containing(PhysicalAddress::truncated(address));
}

// Runs of 2, 5 and 3 frames.
class AdjacentFrames : public testing::Test {
protected:
    static FrameSet ten_frames() {
        FrameSet set;
        set.add({0x10'0000, 0x10'2000});
        set.add({0x20'0000, 0x20'5000});
        set.add({0x30'0000, 0x30'3000});
        return set;
    }

    std::set<Frame<>> allocate_all() {
        std::set<Frame<>> frames;
        while (const auto frame = allocator.allocate()) {
            EXPECT_TRUE(frames.insert(*frame).second) << "handed out twice";
        }
        return frames;
    }

    FakeFrameMemory::Frames memory;
    RegionFrameAllocator<FakeFrameMemory> allocator{ten_frames(), FakeFrameMemory{memory}};
};

TEST_F(AdjacentFrames, ComeFromTheFirstRunThatIsLongEnough) {
    EXPECT_EQ(allocator.allocate_adjacent(2), frame_at(0x10'0000));
    EXPECT_EQ(allocator.allocate_adjacent(4), frame_at(0x20'0000));
    EXPECT_EQ(allocator.allocate_adjacent(3), frame_at(0x30'0000));
    EXPECT_EQ(allocator.used_count(), 9U);
    EXPECT_EQ(allocator.free_count(), 1U);
    EXPECT_EQ(allocator.allocate(), frame_at(0x20'4000));
    EXPECT_EQ(allocator.allocate(), std::nullopt);
}

TEST_F(AdjacentFrames, FollowThoseThatWereHandedOut) {
    EXPECT_EQ(allocator.allocate(), frame_at(0x10'0000));
    EXPECT_EQ(allocator.allocate_adjacent(1), frame_at(0x10'1000));
    EXPECT_EQ(allocator.allocate_adjacent(2), frame_at(0x20'0000));
    EXPECT_EQ(allocator.allocate(), frame_at(0x20'2000));
    EXPECT_EQ(allocator.allocate_adjacent(2), frame_at(0x20'3000));
}

TEST_F(AdjacentFrames, AreNotFoundWhereNoRunIsLongEnoughAndNothingChanges) {
    EXPECT_EQ(allocator.allocate_adjacent(6), std::nullopt);
    EXPECT_EQ(allocator.allocate_adjacent(~std::uint64_t{0}), std::nullopt);
    EXPECT_EQ(allocator.used_count(), 0U);
    EXPECT_TRUE(memory.empty());
    EXPECT_EQ(allocator.allocate(), frame_at(0x10'0000));
}

TEST_F(AdjacentFrames, LoseNoFrameThatIsSkipped) {
    EXPECT_EQ(allocator.allocate_adjacent(3), frame_at(0x20'0000));
    EXPECT_EQ(allocator.used_count(), 3U);
    EXPECT_EQ(allocator.free_count(), 7U);
    const std::set<Frame<>> rest = allocate_all();
    EXPECT_EQ(rest.size(), 7U);
    EXPECT_TRUE(rest.contains(frame_at(0x10'0000)));
    EXPECT_FALSE(rest.contains(frame_at(0x20'2000)));
}

TEST_F(AdjacentFrames, CanBeFreedOneByOne) {
    const std::uint64_t start = allocator.allocate_adjacent(5).value().start().value();
    for (std::uint64_t number = 0; number < 5; ++number) {
        EXPECT_TRUE(allocator.free(frame_at(start + number * frame_size)).has_value());
        EXPECT_FALSE(allocator.free(frame_at(start + number * frame_size)).has_value());
    }
    EXPECT_EQ(allocate_all().size(), 10U);
}

TEST_F(AdjacentFrames, AreNotMisledByMarksFromBeforeAReset) {
    for (const Frame<> frame : allocate_all()) {
        EXPECT_TRUE(allocator.free(frame).has_value());
    }
    RegionFrameAllocator after_reset{ten_frames(), FakeFrameMemory{memory}};
    const std::uint64_t start = after_reset.allocate_adjacent(5).value().start().value();
    for (std::uint64_t number = 0; number < 5; ++number) {
        EXPECT_TRUE(after_reset.free(frame_at(start + number * frame_size)).has_value());
    }
}

TEST_F(AdjacentFrames, DoNotFreeASkippedFrameTwice) {
    EXPECT_EQ(allocator.allocate_adjacent(3), frame_at(0x20'0000));
    EXPECT_EQ(allocator.free(frame_at(0x10'0000)).error(), FreeError::already_free);
}

// Right calls in random order: no frame is handed out twice, and none gets lost.
TEST_F(AdjacentFrames, KeepAllFramesApart) {
    std::mt19937 random{5};
    for (int round = 0; round < 200; ++round) {
        FakeFrameMemory::Frames frames;
        RegionFrameAllocator tested{ten_frames(), FakeFrameMemory{frames}};
        std::set<Frame<>> used;
        for (int step = 0; step < 30; ++step) {
            const std::uint64_t count = 1 + random() % 3;
            if (random() % 2 == 0 && !used.empty()) {
                ASSERT_TRUE(tested.free(*used.begin()).has_value());
                used.erase(used.begin());
            } else if (const auto first =
                           random() % 2 == 0 ? tested.allocate() : tested.allocate_adjacent(1);
                       first) {
                ASSERT_TRUE(used.insert(*first).second);
            } else if (const auto several = tested.allocate_adjacent(count)) {
                for (std::uint64_t number = 0; number < count; ++number) {
                    const std::uint64_t start = several->start().value() + number * frame_size;
                    ASSERT_TRUE(used.insert(frame_at(start)).second);
                }
            }
            ASSERT_EQ(tested.used_count(), used.size());
        }
        while (const auto frame = tested.allocate()) {
            ASSERT_TRUE(used.insert(*frame).second);
        }
        ASSERT_EQ(used.size(), 10U);
    }
}

} // namespace
