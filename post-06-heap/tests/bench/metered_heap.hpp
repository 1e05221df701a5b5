// A heap for the traces that counts what its allocator costs, in instructions: from the first one
// behind a call to the return, nothing else.
#pragma once

#include "heap/allocator.hpp"
#include "support/timed_call.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace kernel_test {

template <kernel::Allocator A>
class MeteredHeap {
public:
    explicit MeteredHeap(std::span<std::byte> memory) : allocator_{memory} {}

    void* allocate(std::size_t size) {
        void* const block = note(timed_call(as_function(allocate_from), &allocator_, size, 0));
        failures_ += block == nullptr ? 1 : 0;
        return block;
    }
    void deallocate(void* block, std::size_t size) {
        note(timed_call(as_function(give_back_to), &allocator_,
                        reinterpret_cast<std::uintptr_t>(block), size));
    }

    // Forgets all so far: what follows is measured.
    void reset() { operations_ = sum_ = worst_ = 0; }

    std::uint64_t sum() const { return sum_; }
    std::uint64_t worst() const { return worst_; } // of the single operations

    // Of an allocation and a deallocation, of which there were as many: rounded to the nearest.
    std::uint64_t per_pair() const { return (2 * sum_ + operations_ / 2) / operations_; }

    // Ever, not only since the reset.
    bool has_failed() const { return failures_ != 0; }

private:
    static void* allocate_from(A& allocator, std::size_t size) {
        return allocator.allocate({size, 8});
    }
    static void give_back_to(A& allocator, void* block, std::size_t size) {
        allocator.deallocate(block, {size, 8});
    }

    template <typename Function>
    static auto as_function(Function* function) {
        return reinterpret_cast<void (*)()>(function);
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
