// Two threads are harder on the buffer than a handler and the code it interrupts: they really
// run at once. This is a program of its own because ThreadSanitizer and AddressSanitizer do not
// go together.
#include "cpu/ring_buffer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace {

constexpr std::uint32_t pushes = 1'000'000;

// Two halves that belong together: a value that is seen half written is noticed.
struct Value {
    std::uint32_t number;
    std::uint32_t complement;
};

// Large enough that on a busy machine a full buffer does not cost a thread switch too often.
using Buffer = kernel::RingBuffer<Value, 4096>;

// Small enough to be full often.
using SmallBuffer = kernel::RingBuffer<Value, 8>;

struct Received {
    std::uint32_t count = 0;
    std::uint32_t torn = 0;
    std::uint32_t unexpected = 0;
};

// Pops until the producer has finished and nothing is left, comparing each value with
// `expected(i)`, the i-th that should come.
template <typename Queue, typename Expected>
Received receive(Queue& buffer, const std::atomic<bool>& finished, Expected expected) {
    Received received;
    for (;;) {
        const bool last = finished.load(std::memory_order_acquire); // before the pop
        if (const auto value = buffer.pop()) {
            received.torn += value->complement != ~value->number ? 1 : 0;
            received.unexpected += expected(received.count, value->number) ? 0 : 1;
            ++received.count;
        } else if (last) {
            return received;
        } else {
            std::this_thread::yield();
        }
    }
}

TEST(RingBufferBetweenThreads, LosesNothingWhenTheProducerTriesAgain) {
    Buffer buffer;
    std::atomic<bool> finished = false;
    std::thread producer{[&] {
        for (std::uint32_t number = 0; number < pushes; ++number) {
            while (!buffer.push({number, ~number})) {
                std::this_thread::yield();
            }
        }
        finished.store(true, std::memory_order_release);
    }};
    const Received received =
        receive(buffer, finished,
                [](std::uint32_t count, std::uint32_t number) { return number == count; });
    producer.join();
    EXPECT_EQ(received.count, pushes);
    EXPECT_EQ(received.torn, 0U);
    EXPECT_EQ(received.unexpected, 0U);
}

TEST(RingBufferBetweenThreads, LosesOnlyWhatThePushSaidIsDropped) {
    SmallBuffer buffer;
    std::atomic<bool> finished = false;
    std::vector<std::uint32_t> accepted; // read only after the join
    std::vector<std::uint32_t> popped;
    std::size_t refused = 0;
    std::thread producer{[&] {
        for (std::uint32_t number = 0; number < pushes; ++number) {
            if (buffer.push({number, ~number})) {
                accepted.push_back(number);
            } else {
                ++refused;
            }
        }
        finished.store(true, std::memory_order_release);
    }};
    const Received received =
        receive(buffer, finished, [&popped](std::uint32_t, std::uint32_t number) {
            popped.push_back(number);
            return true;
        });
    producer.join();
    EXPECT_EQ(received.torn, 0U);
    EXPECT_GT(refused, 0U);
    EXPECT_EQ(popped.size() + refused, pushes);
    EXPECT_TRUE(popped == accepted) << "another order, or other values, than were pushed";
}

// A producer that keeps the last free slot for marks can put a mark in the place of each loss.
TEST(RingBufferBetweenThreads, MarksEveryPlaceWhereValuesWereDropped) {
    constexpr std::uint32_t mark = pushes; // no value
    SmallBuffer buffer;
    std::atomic<bool> finished = false;
    std::size_t dropped = 0;
    std::thread producer{[&] {
        for (std::uint32_t number = 0; number < pushes; ++number) {
            const bool fits = buffer.free_slots() > 1;
            dropped += fits ? 0 : 1;
            const std::uint32_t value = fits ? number : mark;
            static_cast<void>(buffer.push({value, ~value}));
        }
        finished.store(true, std::memory_order_release);
    }};
    std::uint32_t next = 0;
    std::size_t missing = 0;
    bool marked = false;
    const Received received = receive(buffer, finished, [&](std::uint32_t, std::uint32_t number) {
        if (number == mark) {
            marked = true;
            return true;
        }
        const bool right = number == next || (marked && number > next);
        missing += number - next;
        next = number + 1;
        marked = false;
        return right;
    });
    producer.join();
    missing += pushes - next;
    EXPECT_EQ(received.torn, 0U);
    EXPECT_EQ(received.unexpected, 0U);
    EXPECT_GT(dropped, 0U);
    EXPECT_EQ(missing, dropped);
    EXPECT_TRUE(marked || next == pushes) << "values were dropped at the end without a mark";
}

} // namespace
