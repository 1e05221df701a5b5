// Judges the exercise bitmap.

#include "memory/bitmap_frame_allocator.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

namespace {

using namespace kernel;
using Allocator = BitmapFrameAllocator;

static_assert(FrameAllocator<Allocator>);
static_assert(!std::is_copy_constructible_v<Allocator> && !std::is_copy_assignable_v<Allocator>);
static_assert(std::is_move_constructible_v<Allocator>);

constexpr std::uint64_t frame_size = 0x1000;

Frame<> frame_number(std::uint64_t number) {
    return Frame<>::containing(PhysicalAddress::truncated(number * frame_size));
}

// Frames 3 to 5, 62 to 65 and 200, of which the last has no bit.
class Bitmap : public testing::Test {
protected:
    static FrameSet usable() {
        FrameSet set;
        set.add({3 * frame_size, 6 * frame_size});
        set.add({62 * frame_size, 66 * frame_size});
        set.add({200 * frame_size, 201 * frame_size});
        return set;
    }

    std::vector<std::uint64_t> bits = std::vector<std::uint64_t>(3, ~std::uint64_t{0});
    Allocator allocator{usable(), bits};
};

TEST_F(Bitmap, HandsOutEachFrameThatHasABitOnce) {
    EXPECT_EQ(allocator.free_count(), 7U);
    for (const std::uint64_t number : {3, 4, 5, 62, 63, 64, 65}) {
        EXPECT_EQ(allocator.allocate(), frame_number(number));
    }
    EXPECT_EQ(allocator.allocate(), std::nullopt);
    EXPECT_EQ(allocator.free_count(), 0U);
}

TEST_F(Bitmap, HandsOutTheLowestFreeFrame) {
    while (allocator.allocate()) {
    }
    for (const std::uint64_t number : {64, 4, 63}) {
        EXPECT_TRUE(allocator.free(frame_number(number)).has_value());
    }
    EXPECT_EQ(allocator.free_count(), 3U);
    for (const std::uint64_t number : {4, 63, 64}) {
        EXPECT_EQ(allocator.allocate(), frame_number(number));
    }
}

TEST_F(Bitmap, RefusesEachFrameThatIsNotInUse) {
    EXPECT_EQ(allocator.free(frame_number(3)).error(), FreeError::already_free);
    for (const std::uint64_t number : {0, 2, 6, 61, 66, 191, 192, 200, 1'000'000}) {
        EXPECT_EQ(allocator.free(frame_number(number)).error(), FreeError::not_allocated) << number;
    }
    const Frame<> frame = allocator.allocate().value();
    EXPECT_TRUE(allocator.free(frame).has_value());
    EXPECT_EQ(allocator.free(frame).error(), FreeError::already_free);
    EXPECT_EQ(allocator.free_count(), 7U);
}

TEST_F(Bitmap, CanBeMoved) {
    EXPECT_EQ(allocator.allocate(), frame_number(3));
    Allocator moved{std::move(allocator)};
    EXPECT_EQ(moved.allocate(), frame_number(4));
    EXPECT_EQ(moved.free_count(), 5U);
}

TEST_F(Bitmap, HasNoFrameWithoutBits) {
    Allocator empty{usable(), {}};
    EXPECT_EQ(empty.free_count(), 0U);
    EXPECT_EQ(empty.allocate(), std::nullopt);
    EXPECT_EQ(empty.free(frame_number(3)).error(), FreeError::not_allocated);
}

TEST(BitmapOfTwoWords, IsNotSearchedFromTheStartEachTime) {
    FrameSet set;
    set.add({0, 128 * frame_size});
    std::vector<std::uint64_t> bits(2);
    Allocator allocator{set, bits};
    for (std::uint64_t number = 0; number < 65; ++number) {
        EXPECT_EQ(allocator.allocate(), frame_number(number));
    }
    bits[0] = 1; // behind its back: only a search from the start would see it
    EXPECT_EQ(allocator.allocate(), frame_number(65));
}

// Right and wrong calls in random order, compared with a set of the frames in use.
TEST_F(Bitmap, AgreesWithASetOfFrames) {
    std::mt19937 random{5};
    const std::set<std::uint64_t> all{3, 4, 5, 62, 63, 64, 65};
    std::set<std::uint64_t> used;
    for (int step = 0; step < 10'000; ++step) {
        if (random() % 2 == 0) {
            const auto frame = allocator.allocate();
            ASSERT_EQ(frame.has_value(), used.size() < all.size());
            if (frame) {
                const std::uint64_t number = frame->start().value() / frame_size;
                ASSERT_TRUE(all.contains(number) && used.insert(number).second);
            }
        } else {
            const std::uint64_t number = random() % 70;
            ASSERT_EQ(allocator.free(frame_number(number)).has_value(), used.erase(number) != 0);
        }
        ASSERT_EQ(allocator.free_count(), all.size() - used.size());
    }
}

} // namespace
