// A heap for the traces that counts the instructions of its allocator: from the first one of the
// allocator's function to its return.
#pragma once

#include "../unit/allocator_over.hpp"
#include "support/timed_call.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace kernel_test {

template <kernel::Allocator A>
class MeteredHeap {
public:
    explicit MeteredHeap(std::span<std::byte> memory) : allocator_{allocator_over<A>(memory)} {}

    void* allocate(std::size_t size) {
        void* const block = note(timed_call(code_of(&A::allocate), &allocator_, size, alignment));
        failures_ += block == nullptr ? 1 : 0;
        return block;
    }
    void deallocate(void* block, std::size_t size) {
        note(timed_call(code_of(&A::deallocate), &allocator_,
                        reinterpret_cast<std::uintptr_t>(block), size, alignment));
    }

    // Starts the measurement again.
    void reset() { operations_ = sum_ = worst_ = 0; }

    std::uint64_t sum() const { return sum_; }
    std::uint64_t worst() const { return worst_; } // of the single operations

    // For an allocation and a deallocation together, of which there were equally many; rounded.
    std::uint64_t per_pair() const { return (2 * sum_ + operations_ / 2) / operations_; }

    // Since the beginning, not only since the reset.
    bool has_failed() const { return failures_ != 0; }

private:
    static constexpr std::size_t alignment = 8;

    // A Layout is passed as its two words, and a member function is a function whose first argument
    // is the object. A pointer to one begins with its address. [System V ABI, "Parameter Passing";
    // Itanium C++ ABI, "Member Function Pointers"]
    template <typename Function>
    static auto code_of(Function A::*function) {
        return reinterpret_cast<void (*)()>(
            std::bit_cast<std::array<std::uintptr_t, 2>>(function)[0]);
    }

    void* note(const TimedResult& call) {
        const std::uint64_t cost = instructions_of(call);
        sum_ += cost;
        worst_ = std::max(worst_, cost);
        ++operations_;
        return call.result;
    }

    A allocator_;
    std::uint64_t sum_ = 0;
    std::uint64_t worst_ = 0;
    std::uint64_t operations_ = 0;
    std::uint64_t failures_ = 0;
};

} // namespace kernel_test
