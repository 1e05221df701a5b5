// Judges the exercise peek.

#include "cpu/ring_buffer.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using kernel::RingBuffer;

TEST(Peek, OfAnEmptyQueueIsNothing) {
    RingBuffer<int, 4> buffer;
    EXPECT_EQ(buffer.peek(), std::nullopt);
    EXPECT_TRUE(buffer.push(1));
    EXPECT_EQ(buffer.pop(), 1);
    EXPECT_EQ(buffer.peek(), std::nullopt);
}

TEST(Peek, ReturnsTheOldestAndLeavesItThere) {
    RingBuffer<int, 4> buffer;
    EXPECT_TRUE(buffer.push(1));
    EXPECT_TRUE(buffer.push(2));
    EXPECT_EQ(buffer.peek(), 1);
    EXPECT_EQ(buffer.peek(), 1);
    EXPECT_EQ(buffer.free_slots(), 2U);
    EXPECT_EQ(buffer.pop(), 1);
    EXPECT_EQ(buffer.peek(), 2);
}

TEST(Peek, WorksWhereTheSlotsWrapAround) {
    RingBuffer<int, 2> buffer;
    for (int value = 0; value < 10; ++value) {
        EXPECT_TRUE(buffer.push(value));
        EXPECT_EQ(buffer.peek(), value);
        EXPECT_EQ(buffer.pop(), value);
    }
}

TEST(Peek, DoesNotChangeTheQueue) {
    RingBuffer<int, 4> buffer;
    EXPECT_TRUE(buffer.push(7));
    const RingBuffer<int, 4>& same = buffer;
    EXPECT_EQ(same.peek(), 7);
}

} // namespace
