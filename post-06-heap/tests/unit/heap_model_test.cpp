// Long random sequences of operations, in an arena that knows every block.

#include "ends_well.hpp"
#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"
#include "heap_operations.hpp"
#include "shrunk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <sstream>
#include <vector>

namespace {

using namespace kernel;

template <typename A>
class RandomOperations : public testing::Test {};

using AllAllocators =
    testing::Types<BumpAllocator, LinkedListAllocator, SegregatedFit, SizeClassAllocator>;
TYPED_TEST_SUITE(RandomOperations, AllAllocators);

std::string to_text(const HeapOperations& operations) {
    std::ostringstream text;
    for (const HeapOperation& operation : operations) {
        text << operation << ", ";
    }
    return text.str();
}

// Writes what went wrong to standard error.
template <typename A>
bool goes_well(const HeapOperations& operations, std::size_t memory) {
    const std::optional<std::string> wrong = replay<A>(operations, memory);
    if (wrong) {
        std::cerr << *wrong << '\n';
    }
    return !wrong;
}

// With enough memory for all operations, and with so little that many fail.
TYPED_TEST(RandomOperations, NeverReturnAWrongBlock) {
    for (const std::size_t memory : {std::size_t{1024}, std::size_t{8192}, std::size_t{65536}}) {
        for (std::uint32_t seed = 0; seed < 6; ++seed) {
            const auto fails = [memory](const HeapOperations& some) {
                return !ends_well([&] { return goes_well<TypeParam>(some, memory); });
            };
            const HeapOperations operations = random_operations(seed, 1500);
            if (fails(operations)) {
                const HeapOperations few = shrunk(operations, fails);
                ends_well([&] { return goes_well<TypeParam>(few, memory); }, Report::shown);
                FAIL() << memory << " bytes, seed " << seed
                       << ", operations {slot, size, alignment}: " << to_text(few);
            }
        }
    }
}

// The longest run of bytes between blocks in use, or before the first or after the last one, in
// the last `usable` bytes of the arena.
template <typename A>
std::size_t largest_gap(const HeapArena<A>& arena, std::size_t memory, std::size_t usable) {
    std::size_t largest = 0;
    const std::byte* gap = arena.start() + memory - usable;
    for (const auto& [block, layout] : arena.live()) {
        largest = std::max(largest, static_cast<std::size_t>(block - gap));
        gap = block + layout.size;
    }
    return std::max(largest, static_cast<std::size_t>(arena.start() + memory - gap));
}

template <typename A>
class RandomSteps : public testing::Test {};

using CoalescingAllocators = testing::Types<LinkedListAllocator, SegregatedFit, SizeClassAllocator>;
TYPED_TEST_SUITE(RandomSteps, CoalescingAllocators);

// None of the allocators rounds any of these sizes up, so the gaps are exactly what is free.
TYPED_TEST(RandomSteps, ReturnNullOnlyIfNoGapIsLargeEnough) {
    constexpr std::size_t memory = 8192;
    for (std::uint32_t seed = 0; seed < 4; ++seed) {
        std::mt19937 random{seed};
        HeapArena<TypeParam> arena{memory};
        const std::size_t usable = arena.largest();
        std::vector<std::byte*> blocks;
        for (int step = 0; step < 1000; ++step) {
            const std::size_t size = (random() % 16 + 1) * (random() % 64 == 0 ? 512 : 16);
            const std::size_t gap = largest_gap(arena, memory, usable);
            std::byte* const block = arena.allocate({size, 16});
            ASSERT_EQ(block != nullptr, gap >= size) << "seed " << seed << " step " << step;
            if (block != nullptr) {
                blocks.push_back(block);
            }
            if (block == nullptr || random() % 8 == 0) {
                std::swap(blocks[random() % blocks.size()], blocks.back());
                arena.deallocate(blocks.back());
                blocks.pop_back();
            }
        }
    }
}

} // namespace
