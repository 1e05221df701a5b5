// Allocators that are broken on purpose: each is noticed, and shown in a few operations.

#include "shrunk.hpp"

#include "ends_well.hpp"
#include "heap/bump_allocator.hpp"
#include "heap_operations.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace {

using namespace kernel;

// Each of them goes wrong with blocks of this size, and with no other.
constexpr std::size_t bad_size = 100;

struct SmallerThanAsked : BumpAllocator {
    using BumpAllocator::BumpAllocator;
    void* allocate(Layout layout) {
        return BumpAllocator::allocate(
            {layout.size == bad_size ? bad_size / 2 : layout.size, layout.alignment});
    }
};

struct Crashes : BumpAllocator {
    using BumpAllocator::BumpAllocator;
    void deallocate(void* block, Layout layout) {
        if (layout.size == bad_size) {
            std::abort();
        }
        BumpAllocator::deallocate(block, layout);
    }
};

struct LosesMemory : BumpAllocator {
    using BumpAllocator::BumpAllocator;
    void deallocate(void* block, Layout layout) {
        if (layout.size != bad_size) {
            BumpAllocator::deallocate(block, layout);
        }
    }
};

HeapOperations operations_with_bad_ones() {
    HeapOperations operations = random_operations(1, 100);
    for (HeapOperation& operation : operations) {
        operation.size += operation.size == bad_size ? 1 : 0;
    }
    operations[50] = {.slot = 0, .size = bad_size, .alignment = 1};
    operations[51] = {.slot = 1, .size = bad_size, .alignment = 1};
    return operations;
}

template <typename A>
bool fails(const HeapOperations& operations) {
    return !ends_well([&operations] { return !replay<A>(operations, 1 << 16).has_value(); });
}

template <typename A>
HeapOperations few_that_fail() {
    const HeapOperations operations = operations_with_bad_ones();
    EXPECT_TRUE(fails<A>(operations));
    HeapOperations few = shrunk(operations, fails<A>);
    EXPECT_TRUE(fails<A>(few));
    return few;
}

TEST(ShrunkOperations, AreTheTwoBlocksThatOverlap) {
    EXPECT_EQ(few_that_fail<SmallerThanAsked>().size(), 2u);
}

TEST(ShrunkOperations, AreTheOneThatCrashes) {
    EXPECT_EQ(few_that_fail<Crashes>().size(), 1u);
}

TEST(ShrunkOperations, AreTheOneWhoseMemoryIsLost) {
    EXPECT_EQ(few_that_fail<LosesMemory>().size(), 1u);
}

TEST(Shrunk, KeepsEverythingThatMatters) {
    const std::vector<int> numbers{1, 2, 3, 4, 5, 6, 7};
    const auto all = [](const std::vector<int>& some) { return some.size() == 7; };
    EXPECT_EQ(shrunk(numbers, all), numbers);
}

TEST(Shrunk, LeavesOutEachOperationThatIsNotNeeded) {
    const std::vector<int> numbers{1, 2, 3, 4, 5, 6, 7};
    // Each can go once all after it are gone.
    const auto begins_with_one = [](const std::vector<int>& some) {
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (some[i] != static_cast<int>(i) + 1) {
                return false;
            }
        }
        return !some.empty();
    };
    EXPECT_EQ(shrunk(numbers, begins_with_one), std::vector{1});
}

TEST(EndsWell, IsOnlyWhatReturnsTrueInTime) {
    EXPECT_TRUE(ends_well([] { return true; }));
    EXPECT_FALSE(ends_well([] { return false; }));
    EXPECT_FALSE(ends_well([]() -> bool { std::abort(); }));
    EXPECT_FALSE(ends_well([] {
        for (const volatile bool forever = true; forever;) {
        }
        return true;
    }));
}

} // namespace
