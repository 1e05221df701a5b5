// Long random sequences of operations, against a witness that knows every block.

#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/size_class_allocator.hpp"
#include "heap_operations.hpp"
#include "segregated_fit_adapter.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace kernel;

template <typename A>
class RandomOperations : public testing::Test {};

using AllAllocators =
    testing::Types<BumpAllocator, LinkedListAllocator, SegregatedFitAdapter, SizeClassAllocator>;
TYPED_TEST_SUITE(RandomOperations, AllAllocators);

std::string to_text(const HeapOperations& operations) {
    std::ostringstream text;
    for (const HeapOperation& operation : operations) {
        text << operation << ", ";
    }
    return text.str();
}

// With so much memory that none fails, and with so little that many do.
TYPED_TEST(RandomOperations, NeverGiveAWrongBlock) {
    for (const std::size_t memory : {std::size_t{1024}, std::size_t{8192}, std::size_t{65536}}) {
        for (std::uint32_t seed = 0; seed < 8; ++seed) {
            const HeapOperations operations = random_operations(seed, 1500);
            if (const auto wrong = replay<TypeParam>(operations, memory)) {
                const HeapOperations few =
                    shrunk(operations, [memory](const HeapOperations& fewer) {
                        return replay<TypeParam>(fewer, memory).has_value();
                    });
                FAIL() << *wrong << "; " << memory << " bytes, seed " << seed
                       << ", operations {slot, size, alignment}: " << to_text(few);
            }
        }
    }
}

// Forgets that a block of 100 bytes is longer than 64.
class BrokenAllocator : public BumpAllocator {
public:
    using BumpAllocator::BumpAllocator;
    void* allocate(Layout layout) {
        return BumpAllocator::allocate({layout.size == 100 ? 64 : layout.size, layout.alignment});
    }
};

TEST(ShrunkOperations, AreTheFewThatMatter) {
    HeapOperations operations = random_operations(1, 300);
    operations[100].size = operations[200].size = 100;
    operations[201].size = 16;
    const auto fails = [](const HeapOperations& some) {
        return replay<BrokenAllocator>(some, 1 << 20).has_value();
    };
    ASSERT_TRUE(fails(operations));
    const HeapOperations few = shrunk(operations, fails);
    EXPECT_TRUE(fails(few));
    EXPECT_EQ(few.size(), 2u) << to_text(few);
}

TEST(ShrunkOperations, AreAllOfThemIfAllMatter) {
    const HeapOperations operations = random_operations(1, 7);
    EXPECT_EQ(
        shrunk(operations, [](const HeapOperations& some) { return some.size() == 7; }).size(), 7u);
}

} // namespace
