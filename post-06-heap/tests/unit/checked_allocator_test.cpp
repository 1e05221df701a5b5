// Every mistake is found, and correct use is never reported.

#include "allocator_over.hpp"
#include "heap/bump_allocator.hpp"
#include "heap/checked_allocator.hpp"
#include "heap/size_class_allocator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace {

using namespace kernel;

struct Throw {
    [[noreturn]] void operator()(FoundMistake found) const { throw found; }
};

class CheckedAllocatorTest : public testing::Test {
protected:
    static constexpr std::size_t quarantined_blocks = 64;
    static constexpr std::size_t header_size = 24;

    alignas(4096) std::array<std::byte, 64 * 1024> memory;
    SizeClassAllocator inner = allocator_over<SizeClassAllocator>(memory);
    CheckedAllocator<SizeClassAllocator, Throw> heap{inner, {}};

    std::byte* allocate(std::size_t size, Form form = Form::object, std::size_t alignment = 16) {
        return static_cast<std::byte*>(heap.allocate({size, alignment}, form));
    }

    // The mistake that is found when the block is freed in this way.
    std::optional<FoundMistake> freed(void* block, std::size_t size, Form form = Form::object,
                                      std::size_t alignment = 16) {
        try {
            heap.deallocate(block, {size, alignment}, form);
        } catch (const FoundMistake& found) {
            return found;
        }
        return std::nullopt;
    }

    // Allocates and frees until no block that was freed before is left in quarantine.
    std::optional<FoundMistake> when_memory_is_used_again() {
        for (std::size_t i = 0; i < 2 * quarantined_blocks; ++i) {
            if (const auto found = freed(allocate(8), 8)) {
                return found;
            }
        }
        return std::nullopt;
    }
};

TEST_F(CheckedAllocatorTest, ReportsNothingIfThereIsNoMistake) {
    std::mt19937 random{1};
    struct Live {
        std::byte* block;
        std::size_t size;
        std::size_t alignment;
        Form form;
    };
    std::vector<Live> live;
    for (int i = 0; i < 20'000; ++i) {
        if (random() % 2 != 0 || live.empty()) {
            const Live one{nullptr, random() % 300 + 1, std::size_t{16} << random() % 4,
                           random() % 2 != 0 ? Form::array : Form::object};
            std::byte* const block = allocate(one.size, one.form, one.alignment);
            if (block != nullptr) {
                ASSERT_EQ(reinterpret_cast<std::uintptr_t>(block) % one.alignment, 0u);
                std::memset(block, 0x5A, one.size);
                live.push_back({block, one.size, one.alignment, one.form});
            }
        } else {
            std::swap(live[random() % live.size()], live.back());
            const Live one = live.back();
            live.pop_back();
            ASSERT_FALSE(freed(one.block, one.size, one.form, one.alignment));
        }
    }
}

TEST_F(CheckedAllocatorTest, FindsABlockThatIsFreedTwice) {
    for (const Form form : {Form::object, Form::array}) {
        std::byte* const block = allocate(40, form);
        ASSERT_FALSE(freed(block, 40, form));
        for (const Form again : {Form::object, Form::array}) {
            const auto found = freed(block, 40, again);
            ASSERT_TRUE(found);
            EXPECT_EQ(found->mistake, HeapMistake::freed_twice);
            EXPECT_EQ(found->block, block);
            EXPECT_EQ(found->size, 40u);
        }
    }
}

TEST_F(CheckedAllocatorTest, FindsAnAddressThatIsNotABlocks) {
    std::byte* const block = allocate(64);
    for (const std::size_t offset : {1UL, 8UL, 16UL, 32UL, 48UL}) {
        const auto found = freed(block + offset, 64 - offset);
        ASSERT_TRUE(found) << offset;
        EXPECT_EQ(found->mistake, HeapMistake::never_allocated);
        EXPECT_EQ(found->block, block + offset);
    }
    alignas(16) std::array<std::byte, 64> local{};
    const auto found = freed(local.data() + 32, 16);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->mistake, HeapMistake::never_allocated);
}

// A header is valid only at its own address.
TEST_F(CheckedAllocatorTest, FindsACopiedHeader) {
    std::byte* const block = allocate(16);
    std::byte* const other = allocate(16);
    std::memcpy(other - header_size, block - header_size, header_size);
    EXPECT_EQ(freed(other, 16)->mistake, HeapMistake::never_allocated);
}

TEST_F(CheckedAllocatorTest, FindsEveryByteThatIsWrittenBeyondABlock) {
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t behind = 0; behind < 16; ++behind) {
            std::byte* const block = allocate(size);
            const std::byte before = std::exchange(block[size + behind], std::byte{0});
            const auto found = freed(block, size);
            ASSERT_TRUE(found) << size << ' ' << behind;
            EXPECT_EQ(found->mistake, HeapMistake::overrun);
            EXPECT_EQ(found->changed, block + size + behind);
            EXPECT_EQ(found->size, size);
            block[size + behind] = before;
            ASSERT_FALSE(freed(block, size));
        }
    }
}

TEST_F(CheckedAllocatorTest, FindsAWriteIntoAFreedBlockWhenItsMemoryIsUsedAgain) {
    for (const std::size_t offset : {0UL, 1UL, 20UL, 39UL}) {
        std::byte* const block = allocate(40);
        ASSERT_FALSE(freed(block, 40));
        const std::byte poison = std::exchange(block[offset], std::byte{1});
        const auto found = when_memory_is_used_again();
        ASSERT_TRUE(found) << offset;
        EXPECT_EQ(found->mistake, HeapMistake::used_after_free);
        EXPECT_EQ(found->block, block);
        EXPECT_EQ(found->changed, block + offset);
        block[offset] = poison;
        ASSERT_FALSE(when_memory_is_used_again());
    }
}

TEST_F(CheckedAllocatorTest, FillsAFreedBlockWithPoison) {
    std::byte* const block = allocate(40);
    std::memset(block, 0, 40);
    ASSERT_FALSE(freed(block, 40));
    EXPECT_TRUE(std::all_of(block, block + 40, [](std::byte b) { return b == std::byte{0xDD}; }));
}

TEST_F(CheckedAllocatorTest, FindsAnotherSizeOrAlignment) {
    std::byte* const block = allocate(40);
    EXPECT_EQ(freed(block, 32)->mistake, HeapMistake::wrong_size);
    EXPECT_EQ(freed(block, 40, Form::object, 32)->mistake, HeapMistake::wrong_size);
    EXPECT_FALSE(freed(block, 40));
    std::byte* const array = allocate(40, Form::array);
    EXPECT_EQ(freed(array, 41, Form::array)->mistake, HeapMistake::wrong_size);
    EXPECT_EQ(freed(array, 0, Form::array, 32)->mistake, HeapMistake::wrong_size);
    EXPECT_FALSE(freed(array, 40, Form::array));
}

TEST_F(CheckedAllocatorTest, DistinguishesArraysFromObjects) {
    for (const std::size_t alignment : {16UL, 64UL, 4096UL}) {
        std::byte* const array = allocate(128, Form::array, alignment);
        const auto as_object = freed(array, 128, Form::object, alignment);
        ASSERT_TRUE(as_object);
        EXPECT_EQ(as_object->mistake, HeapMistake::array_freed_as_object);
        EXPECT_EQ(as_object->block, array);
        EXPECT_EQ(as_object->size, 128u);
        EXPECT_FALSE(freed(array, 128, Form::array, alignment));

        std::byte* const object = allocate(128, Form::object, alignment);
        const auto as_array = freed(object, 0, Form::array, alignment);
        ASSERT_TRUE(as_array);
        EXPECT_EQ(as_array->mistake, HeapMistake::object_freed_as_array);
        EXPECT_EQ(as_array->block, object);
        EXPECT_EQ(as_array->size, 128u);
        EXPECT_FALSE(freed(object, 128, Form::object, alignment));
    }
}

// Its header has the size.
TEST_F(CheckedAllocatorTest, FreesAnArrayWhoseSizeIsNotGiven) {
    for (int round = 0; round < 1000; ++round) {
        std::byte* const array = allocate(1000, Form::array);
        ASSERT_NE(array, nullptr) << round;
        ASSERT_FALSE(freed(array, 0, Form::array));
        EXPECT_EQ(array[999], std::byte{0xDD});
    }
}

// A header with one wrong bit is found, whichever bit it is, and not taken for another mistake.
TEST_F(CheckedAllocatorTest, FindsEveryBitThatIsWrittenInFrontOfABlock) {
    for (const Form form : {Form::object, Form::array}) {
        std::byte* const block = allocate(40, form);
        for (std::size_t bit = 0; bit < header_size * 8; ++bit) {
            block[-static_cast<std::ptrdiff_t>(bit / 8) - 1] ^= std::byte(1U << bit % 8);
            const auto found = freed(block, 40, form);
            ASSERT_TRUE(found) << bit;
            EXPECT_EQ(found->mistake, HeapMistake::never_allocated) << bit;
            EXPECT_EQ(found->block, block);
            block[-static_cast<std::ptrdiff_t>(bit / 8) - 1] ^= std::byte(1U << bit % 8);
        }
        ASSERT_FALSE(freed(block, 40, form));
    }
}

// The size in a header that does not fit its mark is not used.
TEST_F(CheckedAllocatorTest, FindsAWriteInFrontOfAFreedBlock) {
    for (const std::size_t in_front : {1UL, 8UL, 9UL, 16UL, 17UL, 24UL}) {
        std::byte* const block = allocate(40);
        ASSERT_FALSE(freed(block, 40));
        block[-static_cast<std::ptrdiff_t>(in_front)] ^= std::byte{1};
        // The block has left the quarantine when it is found.
        const auto found = when_memory_is_used_again();
        ASSERT_TRUE(found) << in_front;
        EXPECT_EQ(found->mistake, HeapMistake::used_after_free);
        EXPECT_EQ(found->block, block);
        EXPECT_EQ(found->size, 0u);
    }
}

TEST_F(CheckedAllocatorTest, EmptiesTheQuarantineBeforeItReturnsNull) {
    for (int round = 0; round < 10; ++round) {
        std::byte* const large = allocate(40'000);
        ASSERT_NE(large, nullptr) << round;
        ASSERT_FALSE(freed(large, 40'000));
    }
    EXPECT_EQ(allocate(70'000), nullptr);
}

TEST_F(CheckedAllocatorTest, EmptiesAsMuchOfTheQuarantineAsALargeBlockNeeds) {
    std::vector<std::byte*> neighbours;
    while (std::byte* const block = allocate(1500)) {
        neighbours.push_back(block);
    }
    for (std::size_t i = 0; i < 8; ++i) {
        ASSERT_FALSE(freed(neighbours[i], 1500));
    }
    EXPECT_NE(allocate(8 * 1500), nullptr);
}

// 64 blocks, if they are small.
TEST_F(CheckedAllocatorTest, UsesTheMemoryOfASmallBlockAgainAfter64OthersWereFreed) {
    for (int i = 0; i < 1000; ++i) { // however many were freed before
        ASSERT_FALSE(freed(allocate(40), 40));
    }
    std::byte* const block = allocate(40);
    std::vector<std::byte*> others;
    for (std::size_t i = 0; i < quarantined_blocks + 1; ++i) {
        others.push_back(allocate(40));
    }
    ASSERT_FALSE(freed(block, 40));
    block[0] ^= std::byte{1};
    for (std::size_t i = 0; i < quarantined_blocks - 1; ++i) {
        ASSERT_FALSE(freed(others[i], 40)) << i;
    }
    EXPECT_TRUE(freed(others[quarantined_blocks - 1], 40));
}

// 16 KiB, if they are large, but one block of any size.
TEST_F(CheckedAllocatorTest, KeepsNoMoreThan16KibInQuarantine) {
    std::byte* const block = allocate(6'000);
    std::byte* const second = allocate(6'000);
    std::byte* const third = allocate(4'384);
    std::byte* const one_more = allocate(1);
    ASSERT_FALSE(freed(block, 6'000));
    block[0] ^= std::byte{1};
    ASSERT_FALSE(freed(second, 6'000));
    ASSERT_FALSE(freed(third, 4'384)); // that is 16 KiB
    EXPECT_TRUE(freed(one_more, 1));
}

TEST_F(CheckedAllocatorTest, KeepsAVeryLargeBlockInQuarantineUntilTheNextIsFreed) {
    std::byte* const large = allocate(40'000);
    ASSERT_FALSE(freed(large, 40'000));
    large[39'999] ^= std::byte{1};
    const auto found = freed(allocate(1), 1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->mistake, HeapMistake::used_after_free);
    EXPECT_EQ(found->changed, large + 39'999);
}

// An allocator that aligns a block no more than it is asked to.
TEST(CheckedBumpAllocator, AlignsTheHeadersOfBlocksThatNeedNoAlignment) {
    alignas(16) std::array<std::byte, 16 * 1024> memory;
    auto inner = allocator_over<BumpAllocator>(memory);
    CheckedAllocator<BumpAllocator, Throw> heap{inner, {}};
    std::vector<std::pair<void*, Layout>> blocks;
    for (const std::size_t alignment : {1UL, 2UL, 4UL, 8UL, 16UL, 32UL}) {
        for (std::size_t size = 1; size <= 8; ++size) {
            blocks.emplace_back(heap.allocate({size, alignment}, Form::object),
                                Layout{size, alignment});
        }
    }
    for (const auto& [block, layout] : blocks) {
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % layout.alignment, 0u);
        EXPECT_NO_THROW(heap.deallocate(block, layout, Form::object));
    }
}

} // namespace
