// Without the checks every block is still freed as it was allocated.

#include "heap/unchecked_allocator.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <map>

namespace {

using namespace kernel;

// Hands out memory once, and remembers the layouts.
class RecordingAllocator {
public:
    void* allocate(Layout layout) {
        if (layout.size > 8000) {
            return nullptr;
        }
        std::byte* const block = memory_.data() + align_up(next_, layout.alignment);
        next_ = static_cast<std::size_t>(block - memory_.data()) + layout.size;
        live.emplace(block, layout);
        return block;
    }
    void deallocate(void* block, Layout layout) {
        const auto found = live.find(block);
        ASSERT_NE(found, live.end());
        EXPECT_EQ(found->second.size, layout.size);
        EXPECT_EQ(found->second.alignment, layout.alignment);
        live.erase(found);
    }

    std::map<void*, Layout> live;

private:
    alignas(4096) std::array<std::byte, 256 * 1024> memory_;
    std::size_t next_ = 0;
};

class UncheckedAllocatorTest : public testing::Test {
protected:
    RecordingAllocator inner;
    UncheckedAllocator<RecordingAllocator> heap{inner};
};

TEST_F(UncheckedAllocatorTest, AddsNothingToAnObject) {
    void* const block = heap.allocate({40, 8}, Form::object);
    ASSERT_EQ(inner.live.size(), 1u);
    EXPECT_EQ(inner.live.begin()->first, block);
    EXPECT_EQ(inner.live.begin()->second, (Layout{40, 8}));
    heap.deallocate(block, {40, 8}, Form::object);
    EXPECT_TRUE(inner.live.empty());
}

// The size of an array is often not known when it is freed.
TEST_F(UncheckedAllocatorTest, FreesEveryBlockWithTheLayoutItWasAllocatedWith) {
    for (const Form form : {Form::object, Form::array}) {
        for (std::size_t alignment = 16; alignment <= 4096; alignment *= 2) {
            for (const std::size_t size : {1UL, 16UL, 100UL}) {
                void* const block = heap.allocate({size, alignment}, form);
                ASSERT_NE(block, nullptr);
                EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
                std::memset(block, 0x5A, size);
                heap.deallocate(block, {form == Form::array ? 0 : size, alignment}, form);
                EXPECT_TRUE(inner.live.empty()) << size << ' ' << alignment;
            }
        }
    }
}

// `operator new(0)` asks for one byte, but `operator delete` is given the 0.
TEST_F(UncheckedAllocatorTest, FreesAnObjectOfNoBytesAsOneOfOneByte) {
    void* const block = heap.allocate({1, 16}, Form::object);
    heap.deallocate(block, {0, 16}, Form::object);
    EXPECT_TRUE(inner.live.empty());
}

TEST_F(UncheckedAllocatorTest, ReturnsNullIfThereIsNoMemory) {
    EXPECT_EQ(heap.allocate({9000, 16}, Form::object), nullptr);
    EXPECT_EQ(heap.allocate({9000, 16}, Form::array), nullptr);
}

} // namespace
