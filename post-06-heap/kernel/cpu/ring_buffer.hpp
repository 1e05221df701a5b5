// A queue between an interrupt handler, which pushes, and ordinary code, which pops.
//
// Neither side takes a lock or waits: a handler that waited for the code it has interrupted would
// wait for ever.
//
//     slots_   | c | d |   |   |   |   | a | b |   taken_ counts the pops, added_ the pushes;
//                        ^               ^         added_ - taken_ values are in the queue
//                      added_          taken_
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <optional>

namespace kernel {

// For exactly one producer and one consumer. Each counter is written by one side only:
//
//  - The producer writes the slot, then `added_` with release. The consumer reads `added_` with
//    acquire, then the slot: if it sees the push, it sees the value too.
//  - The consumer reads the slot, then writes `taken_` with release. The producer reads `taken_`
//    with acquire, then overwrites the slot: nothing is overwritten before it has been read.
//
// On x86 these loads and stores are plain MOVs [Intel SDM vol. 3A, "Memory Ordering"]; the two
// words keep the compiler from reordering them.
template <typename T, std::size_t Capacity>
class RingBuffer {
    static_assert(std::has_single_bit(Capacity)); // or the slot would jump when a counter wraps

public:
    // For the producer. False if the queue is full: `value` is then not in it.
    [[nodiscard]] bool push(T value) {
        const std::size_t added = added_.load(std::memory_order_relaxed);
        if (free_slots() == 0) {
            return false;
        }
        slots_[added % Capacity] = value;
        added_.store(added + 1, std::memory_order_release);
        return true;
    }

    // For the producer: how many values fit at least. There may be more room, as the consumer may
    // be taking some.
    [[nodiscard]] std::size_t free_slots() const {
        return Capacity -
               (added_.load(std::memory_order_relaxed) - taken_.load(std::memory_order_acquire));
    }

    // For the consumer: the oldest value, or nothing if the queue is empty.
    [[nodiscard]] std::optional<T> pop() {
        const std::size_t taken = taken_.load(std::memory_order_relaxed);
        if (taken == added_.load(std::memory_order_acquire)) {
            return std::nullopt;
        }
        const T value = slots_[taken % Capacity];
        taken_.store(taken + 1, std::memory_order_release);
        return value;
    }

private:
    std::array<T, Capacity> slots_{};
    std::atomic<std::size_t> added_{0};
    std::atomic<std::size_t> taken_{0};
};

} // namespace kernel
