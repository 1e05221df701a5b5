// Judges the exercise blocks-in-use.

#include "allocator_over.hpp"
#include "heap/checked_allocator.hpp"
#include "heap/size_class_allocator.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace {

using namespace kernel;

struct Throw {
    [[noreturn]] void operator()(FoundMistake found) const { throw found; }
};

class BlocksInUse : public testing::Test {
protected:
    alignas(4096) std::array<std::byte, 64 * 1024> memory;
    SizeClassAllocator inner = allocator_over<SizeClassAllocator>(memory);
    CheckedAllocator<SizeClassAllocator, Throw> heap{inner, {}};
};

TEST_F(BlocksInUse, AreNoneAtFirst) {
    EXPECT_EQ(heap.blocks_in_use(), 0U);
}

TEST_F(BlocksInUse, AreThoseThatAreAllocatedAndNotFreed) {
    void* const first = heap.allocate({40, 16}, Form::object);
    void* const second = heap.allocate({400, 64}, Form::array);
    EXPECT_EQ(heap.blocks_in_use(), 2U);
    heap.deallocate(first, {40, 16}, Form::object);
    EXPECT_EQ(heap.blocks_in_use(), 1U);
    heap.deallocate(second, {0, 64}, Form::array);
    EXPECT_EQ(heap.blocks_in_use(), 0U);
}

// Blocks leave the quarantine while others are freed.
TEST_F(BlocksInUse, AreNotThoseInQuarantine) {
    std::vector<void*> blocks;
    for (int i = 0; i < 200; ++i) {
        blocks.push_back(heap.allocate({8, 16}, Form::object));
    }
    for (std::size_t left = blocks.size(); left > 0; --left) {
        EXPECT_EQ(heap.blocks_in_use(), left);
        heap.deallocate(blocks[left - 1], {8, 16}, Form::object);
    }
    EXPECT_EQ(heap.blocks_in_use(), 0U);
}

TEST_F(BlocksInUse, AreNoMoreAfterAnAllocationThatFails) {
    EXPECT_EQ(heap.allocate({memory.size(), 16}, Form::object), nullptr);
    EXPECT_EQ(heap.blocks_in_use(), 0U);
}

// For a constant heap, too.
TEST_F(BlocksInUse, CanBeAskedOfAConstantHeap) {
    const auto& same = heap;
    EXPECT_EQ(same.blocks_in_use(), 0U);
}

} // namespace
