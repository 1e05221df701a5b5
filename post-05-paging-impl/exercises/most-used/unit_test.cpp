// Judges the exercise most-used.

#include "memory/region_frame_allocator.hpp"

#include "fake_frame_memory.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace kernel;

class MostUsed : public testing::Test {
protected:
    static FrameSet ten_frames() {
        FrameSet set;
        set.add({0x10'0000, 0x10'A000});
        return set;
    }

    FakeFrameMemory::Frames memory;
    RegionFrameAllocator<FakeFrameMemory> allocator{ten_frames(), FakeFrameMemory{memory}};
};

TEST_F(MostUsed, IsZeroAtFirst) {
    EXPECT_EQ(allocator.most_used_count(), 0U);
}

TEST_F(MostUsed, GrowsWithTheFramesInUse) {
    for (std::uint64_t number = 1; number <= 10; ++number) {
        ASSERT_TRUE(allocator.allocate().has_value());
        EXPECT_EQ(allocator.most_used_count(), number);
    }
}

TEST_F(MostUsed, StaysWhenFramesComeBack) {
    std::vector<Frame<>> frames;
    for (int number = 0; number < 4; ++number) {
        frames.push_back(allocator.allocate().value());
    }
    for (const Frame<> frame : frames) {
        EXPECT_TRUE(allocator.free(frame).has_value());
        EXPECT_EQ(allocator.most_used_count(), 4U);
    }
}

TEST_F(MostUsed, CountsAFrameThatIsHandedOutAgainOnce) {
    for (int time = 0; time < 5; ++time) {
        const Frame<> frame = allocator.allocate().value();
        EXPECT_TRUE(allocator.free(frame).has_value());
    }
    EXPECT_EQ(allocator.most_used_count(), 1U);
}

TEST_F(MostUsed, DoesNotGrowWhenThereIsNoFrame) {
    while (allocator.allocate()) {
    }
    EXPECT_EQ(allocator.allocate(), std::nullopt);
    EXPECT_EQ(allocator.most_used_count(), 10U);
}

} // namespace
