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
    static_assert(std::has_single_bit(Capacity),
                  "index % Capacity must stay right when an index wraps around");
    static_assert(std::is_trivially_copyable_v<T>, "copying a value must not allocate or throw");
    static_assert(std::atomic<std::size_t>::is_always_lock_free);

public:
    constexpr RingBuffer() = default;

    // For the producer. Returns false if the queue is full: then `value` is dropped.
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

    // For the producer. How many values can be pushed now; the consumer may be making more room.
    [[nodiscard]] std::size_t free() const {
        return Capacity -
               (added_.load(std::memory_order_relaxed) - taken_.load(std::memory_order_acquire));
    }

    // For the producer. Counts one value as dropped, and pushes `mark` in its place if there is
    // room.
    void drop(T mark) {
        if (push(mark)) {
            dropped_.fetch_add(1, std::memory_order_relaxed); // otherwise `push` has counted it
        }
    }

    // For the consumer. Returns the oldest value, or nothing if the queue is empty.
    [[nodiscard]] std::optional<T> pop() {
        const std::size_t taken = taken_.load(std::memory_order_relaxed);
        if (taken == added_.load(std::memory_order_acquire)) {
            return std::nullopt;
        }
        const T value = slots_[taken % Capacity];
        taken_.store(taken + 1, std::memory_order_release);
        return value;
    }

    // For both. How many values have been dropped since the start.
    [[nodiscard]] std::size_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    // The indices are never reset, so full (a difference of Capacity) and empty (a difference of 0)
    // can be told apart. They start just before they wrap around to 0: the wrap comes after the
    // first Capacity pushes, where tests can see it, instead of after centuries.
    static constexpr std::size_t start = std::size_t{0} - Capacity;

    std::array<T, Capacity> slots_{};
    std::atomic<std::size_t> added_{start};
    std::atomic<std::size_t> taken_{start};
    std::atomic<std::size_t> dropped_{0};
};

} // namespace kernel
