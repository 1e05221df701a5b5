// A queue between an interrupt handler, which pushes, and ordinary code, which pops.
//
// Neither side takes a lock or waits: a handler that waited for the code it has interrupted
// would wait for ever. When the queue is full, the newest value is dropped and counted.
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
#include <type_traits>

namespace kernel {

// For exactly one producer and one consumer. Each index is written by one side only:
//
//  - The producer writes the slot, then `added_` with release. The consumer reads `added_` with
//    acquire, then the slot: a push that it sees is a push whose value it sees.
//  - The consumer reads the slot, then writes `taken_` with release. The producer reads `taken_`
//    with acquire, then overwrites the slot: nothing is overwritten before it has been read.
//
// On x86 these loads and stores are plain MOVs [Intel SDM vol. 3A, "Memory Ordering"]; what the
// two words keep in order is the compiler.
template <typename T, std::size_t Capacity>
class RingBuffer {
    static_assert(std::has_single_bit(Capacity), "an index must find its slot across its wrap");
    static_assert(std::is_trivially_copyable_v<T>, "a handler must not allocate or throw");
    static_assert(std::atomic<std::size_t>::is_always_lock_free);

public:
    constexpr RingBuffer() = default;

    // The producer's. False if the queue is full: then `value` is dropped.
    [[nodiscard]] bool push(T value) {
        const std::size_t added = added_.load(std::memory_order_relaxed);
        if (added - taken_.load(std::memory_order_acquire) == Capacity) {
            dropped_.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
        slots_[added % Capacity] = value;
        added_.store(added + 1, std::memory_order_release);
        return true;
    }

    // The producer's. At least so many values can be pushed: the consumer may be taking some.
    [[nodiscard]] std::size_t free() const {
        return Capacity -
               (added_.load(std::memory_order_relaxed) - taken_.load(std::memory_order_acquire));
    }

    // The producer's. Gives a value up, and counts it; if there is room, `mark` takes its place.
    void drop(T mark) {
        if (push(mark)) {
            dropped_.fetch_add(1, std::memory_order_relaxed); // otherwise `push` has counted it
        }
    }

    // The consumer's. The oldest value, or nothing if the queue is empty.
    [[nodiscard]] std::optional<T> pop() {
        const std::size_t taken = taken_.load(std::memory_order_relaxed);
        if (taken == added_.load(std::memory_order_acquire)) {
            return std::nullopt;
        }
        const T value = slots_[taken % Capacity];
        taken_.store(taken + 1, std::memory_order_release);
        return value;
    }

    // Anybody's: how many values were dropped since the start.
    [[nodiscard]] std::size_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    // The indices count on for ever and wrap around to 0, so that full (a difference of
    // Capacity) and empty (0) are not the same. They start one round before that wrap: it
    // then comes after the first Capacity pushes, and not for the first time in centuries.
    static constexpr std::size_t start = std::size_t{0} - Capacity;

    std::array<T, Capacity> slots_{};
    std::atomic<std::size_t> added_{start};
    std::atomic<std::size_t> taken_{start};
    std::atomic<std::size_t> dropped_{0};
};

} // namespace kernel
