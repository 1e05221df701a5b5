#include "cpu/ring_buffer.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

using kernel::RingBuffer;

constinit RingBuffer<std::uint8_t, 8> in_static_memory;

TEST(RingBuffer, NeedsNoConstructorToRunBeforeAHandlerUsesIt) {
    EXPECT_TRUE(in_static_memory.push(7));
    EXPECT_EQ(in_static_memory.pop(), 7);
}

TEST(RingBuffer, IsEmptyAtFirst) {
    RingBuffer<int, 4> buffer;
    EXPECT_EQ(buffer.pop(), std::nullopt);
}

TEST(RingBuffer, GivesBackInTheOrderOfPushing) {
    RingBuffer<int, 4> buffer;
    for (const int value : {1, 2, 3}) {
        EXPECT_TRUE(buffer.push(value));
    }
    for (const int value : {1, 2, 3}) {
        EXPECT_EQ(buffer.pop(), value);
    }
    EXPECT_EQ(buffer.pop(), std::nullopt);
}

TEST(RingBuffer, HoldsExactlyAsManyAsItsCapacity) {
    RingBuffer<int, 4> buffer;
    for (const int value : {1, 2, 3, 4}) {
        EXPECT_TRUE(buffer.push(value));
    }
    EXPECT_FALSE(buffer.push(5));
}

TEST(RingBuffer, OfOneSlotHoldsOne) {
    RingBuffer<int, 1> buffer;
    for (int value = 0; value < 5; ++value) {
        EXPECT_TRUE(buffer.push(value));
        EXPECT_FALSE(buffer.push(-1));
        EXPECT_EQ(buffer.pop(), value);
    }
}

TEST(RingBuffer, RefusesTheNewestWhenItIsFull) {
    RingBuffer<int, 4> buffer;
    for (const int value : {1, 2, 3, 4}) {
        EXPECT_TRUE(buffer.push(value));
    }
    EXPECT_FALSE(buffer.push(5));
    EXPECT_FALSE(buffer.push(6));
    for (const int value : {1, 2, 3, 4}) {
        EXPECT_EQ(buffer.pop(), value);
    }
    EXPECT_EQ(buffer.pop(), std::nullopt);
}

TEST(RingBuffer, KnowsHowManyMoreItTakes) {
    RingBuffer<int, 4> buffer;
    for (const std::size_t free : {4u, 3u, 2u, 1u}) {
        EXPECT_EQ(buffer.free_slots(), free);
        EXPECT_TRUE(buffer.push(1));
    }
    EXPECT_EQ(buffer.free_slots(), 0U);
    EXPECT_EQ(buffer.pop(), 1);
    EXPECT_EQ(buffer.free_slots(), 1U);
}

TEST(RingBuffer, TakesAValueAgainAfterOneWasTaken) {
    RingBuffer<int, 2> buffer;
    EXPECT_TRUE(buffer.push(1));
    EXPECT_TRUE(buffer.push(2));
    EXPECT_FALSE(buffer.push(3));
    EXPECT_EQ(buffer.pop(), 1);
    EXPECT_TRUE(buffer.push(4));
    EXPECT_EQ(buffer.pop(), 2);
    EXPECT_EQ(buffer.pop(), 4);
}

TEST(RingBuffer, KeepsTheOrderAcrossTheEndOfTheSlotsAtEveryFillLevel) {
    for (int level = 0; level < 8; ++level) {
        RingBuffer<int, 8> buffer;
        for (int value = 0; value < level; ++value) {
            ASSERT_TRUE(buffer.push(value));
        }
        for (int value = 0; value < 100; ++value) {
            ASSERT_TRUE(buffer.push(value + level));
            ASSERT_EQ(buffer.pop(), value) << "fill level " << level;
        }
    }
}

} // namespace
