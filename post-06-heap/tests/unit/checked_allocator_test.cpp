// The mistakes that a heap notices, and those that it must not see where there are none.

#include "heap/checked_allocator.hpp"
#include "heap/size_class_allocator.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <optional>
#include <random>
#include <vector>

namespace {

using namespace kernel;

struct Throw {
    [[noreturn]] void operator()(FoundMistake found) const { throw found; }
};

class CheckedAllocatorTest : public testing::Test {
protected:
    alignas(4096) std::array<std::byte, 64 * 1024> memory;
    SizeClassAllocator inner{memory};
    CheckedAllocator<SizeClassAllocator, Throw> heap{inner, {}};

    std::byte* allocate(std::size_t size, Form form = Form::object, std::size_t alignment = 16) {
        return static_cast<std::byte*>(heap.allocate({size, alignment}, form));
    }

    // What is found when the block is freed in this way.
    std::optional<FoundMistake> freed(void* block, std::size_t size, Form form = Form::object,
                                      std::size_t alignment = 16) {
        try {
            heap.deallocate(block, {size, alignment}, form);
        } catch (const FoundMistake& found) {
            return found;
        }
        return std::nullopt;
    }

    // As much comes and goes as it takes to end every quarantine.
    std::optional<FoundMistake> when_memory_is_used_again() {
        for (std::size_t i = 0; i < 2 * Quarantine::most_blocks; ++i) {
            if (const auto found = freed(allocate(8), 8)) {
                return found;
            }
        }
        return std::nullopt;
    }
};

TEST_F(CheckedAllocatorTest, SeesNoMistakeWhereThereIsNone) {
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
    std::byte* const block = allocate(40);
    ASSERT_FALSE(freed(block, 40));
    const auto found = freed(block, 40);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->mistake, HeapMistake::freed_twice);
    EXPECT_EQ(found->block, block);
    EXPECT_EQ(found->size, 40u);
}

TEST_F(CheckedAllocatorTest, FindsAPointerThatIsNoBlocks) {
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

// The header goes with the block, but not to another place.
TEST_F(CheckedAllocatorTest, IsNotDeceivedByACopyOfAHeader) {
    std::byte* const block = allocate(16);
    std::byte* const other = allocate(16);
    std::memcpy(other - 16, block - 16, 16);
    EXPECT_EQ(freed(other, 16)->mistake, HeapMistake::never_allocated);
}

TEST_F(CheckedAllocatorTest, FindsEveryByteThatIsWrittenBehindABlock) {
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

TEST_F(CheckedAllocatorTest, FindsWhatIsWrittenIntoAFreedBlockWhenItIsUsedAgain) {
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
}

// What the program knows as the array begins behind a cookie of 16 bytes.
TEST_F(CheckedAllocatorTest, TellsArraysFromObjects) {
    std::byte* const array = allocate(16 + 100, Form::array) + 16;
    const auto as_object = freed(array, 1);
    ASSERT_TRUE(as_object);
    EXPECT_EQ(as_object->mistake, HeapMistake::array_freed_as_object);
    EXPECT_EQ(as_object->block, array);
    EXPECT_EQ(as_object->size, 100u);
    EXPECT_FALSE(freed(array - 16, 116, Form::array));

    std::byte* const object = allocate(24);
    const auto as_array = freed(object - 16, 40, Form::array);
    ASSERT_TRUE(as_array);
    EXPECT_EQ(as_array->mistake, HeapMistake::object_freed_as_array);
    EXPECT_EQ(as_array->block, object);
    EXPECT_EQ(as_array->size, 24u);
    EXPECT_FALSE(freed(object, 24));
}

// Their cookie is as long as their alignment.
TEST_F(CheckedAllocatorTest, TellsArraysOfAlignedElementsFromObjects) {
    std::byte* const array = allocate(64 + 128, Form::array, 64) + 64;
    const auto as_object = freed(array, 64, Form::object, 64);
    ASSERT_TRUE(as_object);
    EXPECT_EQ(as_object->mistake, HeapMistake::array_freed_as_object);
    EXPECT_EQ(as_object->block, array);
    EXPECT_EQ(as_object->size, 128u);
    std::byte* const object = allocate(64, Form::object, 64);
    const auto as_array = freed(object - 64, 128, Form::array, 64);
    ASSERT_TRUE(as_array);
    EXPECT_EQ(as_array->mistake, HeapMistake::object_freed_as_array);
}

// Whatever of the header it is: the size in it is not believed.
TEST_F(CheckedAllocatorTest, FindsWhatIsWrittenInFrontOfAFreedBlock) {
    for (const std::size_t in_front : {1UL, 8UL, 9UL, 16UL}) {
        std::byte* const block = allocate(40);
        ASSERT_FALSE(freed(block, 40));
        block[-static_cast<std::ptrdiff_t>(in_front)] ^= std::byte{1};
        const auto found = when_memory_is_used_again();
        ASSERT_TRUE(found) << in_front;
        EXPECT_EQ(found->mistake, HeapMistake::used_after_free);
        EXPECT_EQ(found->block, block);
        block[-static_cast<std::ptrdiff_t>(in_front)] ^= std::byte{1};
        ASSERT_FALSE(when_memory_is_used_again());
    }
}

TEST_F(CheckedAllocatorTest, FindsTheOtherFormAtTheSameAddress) {
    std::byte* const object = allocate(40);
    EXPECT_EQ(freed(object, 40, Form::array)->mistake, HeapMistake::object_freed_as_array);
    std::byte* const array = allocate(40, Form::array);
    EXPECT_EQ(freed(array, 40)->mistake, HeapMistake::array_freed_as_object);
}

TEST_F(CheckedAllocatorTest, EndsTheQuarantineBeforeItHasNoMemory) {
    for (int round = 0; round < 10; ++round) {
        std::byte* const large = allocate(40'000);
        ASSERT_NE(large, nullptr) << round;
        ASSERT_FALSE(freed(large, 40'000));
    }
    EXPECT_EQ(allocate(70'000), nullptr);
}

TEST(QuarantineTest, IsAQueueOfLimitedLengthAndSize) {
    std::array<std::byte, 2 * Quarantine::most_blocks> blocks;
    Quarantine quarantine;
    EXPECT_TRUE(quarantine.is_empty());
    for (std::size_t i = 0; i < Quarantine::most_blocks; ++i) {
        EXPECT_FALSE(quarantine.is_full_for(1));
        quarantine.push(&blocks[i], 1);
    }
    EXPECT_TRUE(quarantine.is_full_for(1));
    for (std::size_t i = 0; i < Quarantine::most_blocks; ++i) {
        EXPECT_EQ(quarantine.first(), &blocks[i]);
        quarantine.pop(1);
        quarantine.push(&blocks[i + Quarantine::most_blocks], 1);
    }
    EXPECT_EQ(quarantine.first(), &blocks[Quarantine::most_blocks]);
}

TEST(QuarantineTest, TakesALargeBlockOnlyAlone) {
    std::array<std::byte, 2> blocks;
    Quarantine quarantine;
    EXPECT_FALSE(quarantine.is_full_for(2 * Quarantine::most_bytes));
    quarantine.push(&blocks[0], 2 * Quarantine::most_bytes);
    EXPECT_TRUE(quarantine.is_full_for(1));
    quarantine.pop(2 * Quarantine::most_bytes);
    quarantine.push(&blocks[1], 1);
    EXPECT_FALSE(quarantine.is_full_for(Quarantine::most_bytes - 1));
    EXPECT_TRUE(quarantine.is_full_for(Quarantine::most_bytes));
}

} // namespace
