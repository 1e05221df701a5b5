// Tests of the test: the arena notices everything that an allocator can do wrong.

#include "heap_arena.hpp"

#include "ends_well.hpp"
#include "heap/bump_allocator.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace {

using namespace kernel;

// Returns the blocks that the test tells it to return.
struct Puppet {
    Puppet() = default;
    Puppet(std::byte* memory, std::uint64_t*) : start{memory} {}
    static std::size_t table_bytes(std::size_t) { return 0; }
    void grow(std::size_t) {}
    void* allocate(Layout) { return start + next; }
    void deallocate(void* block, Layout) { at_work(static_cast<std::byte*>(block)); }
    void for_each_free_block(auto&&) const {}

    std::byte* start = nullptr;
    inline static std::ptrdiff_t next = 0;
    inline static std::function<void(std::byte*)> at_work = [](std::byte*) {};
};

class HeapArenaTest : public testing::Test {
protected:
    HeapArena<Puppet> arena{1024};

    void SetUp() override {
        Puppet::next = 0;
        Puppet::at_work = [](std::byte*) {};
    }

    std::byte* allocate(std::ptrdiff_t at, Layout layout) {
        Puppet::next = at;
        return arena.allocate(layout);
    }

    std::string what_is_wrong_with(std::ptrdiff_t at, Layout layout) {
        try {
            allocate(at, layout);
        } catch (const WrongBlock& wrong) {
            return wrong.what();
        }
        return "nothing";
    }
};

TEST_F(HeapArenaTest, AcceptsCorrectBlocks) {
    EXPECT_EQ(what_is_wrong_with(512, {512, 512}), "nothing");
    EXPECT_EQ(what_is_wrong_with(0, {100, 1024}), "nothing");
    EXPECT_EQ(what_is_wrong_with(100, {412, 4}), "nothing");
    arena.deallocate_all();
    EXPECT_EQ(what_is_wrong_with(0, {1024, 1}), "nothing");
}

TEST_F(HeapArenaTest, NoticesABlockOutsideTheMemory) {
    EXPECT_EQ(what_is_wrong_with(-1, {1, 1}), "a block lies outside the memory");
    EXPECT_EQ(what_is_wrong_with(1024, {1, 1}), "a block lies outside the memory");
    EXPECT_EQ(what_is_wrong_with(1000, {25, 1}), "a block lies outside the memory");
}

TEST_F(HeapArenaTest, NoticesABlockThatIsNotAligned) {
    EXPECT_EQ(what_is_wrong_with(8, {1, 16}), "a block is not aligned");
    EXPECT_EQ(what_is_wrong_with(1, {1, 2}), "a block is not aligned");
}

TEST_F(HeapArenaTest, NoticesBlocksThatOverlap) {
    allocate(100, {100, 1});
    EXPECT_EQ(what_is_wrong_with(100, {100, 1}), "a block overlaps the next one");
    EXPECT_EQ(what_is_wrong_with(50, {51, 1}), "a block overlaps the next one");
    EXPECT_EQ(what_is_wrong_with(199, {1, 1}), "a block overlaps the one before");
    EXPECT_EQ(what_is_wrong_with(50, {50, 1}), "nothing");
    EXPECT_EQ(what_is_wrong_with(200, {50, 1}), "nothing");
}

TEST_F(HeapArenaTest, NoticesThatTheContentOfABlockHasChanged) {
    for (const std::size_t byte : {0u, 50u, 99u}) {
        std::byte* const block = allocate(0, {100, 1});
        block[byte] ^= std::byte{1};
        EXPECT_THROW(arena.deallocate(block), WrongBlock);
        block[byte] ^= std::byte{1};
        EXPECT_NO_THROW(arena.deallocate(block));
    }
}

// All of these end in a report of AddressSanitizer. The size is not a multiple of a word's.
TEST_F(HeapArenaTest, KeepsTheTestFromTouchingFreeMemory) {
    std::byte* const block = allocate(0, {100, 8});
    for (const std::ptrdiff_t byte : {-1, 100, 1024}) {
        EXPECT_FALSE(ends_well([&] {
            static_cast<volatile std::byte*>(block)[byte] = std::byte{};
            return true;
        })) << byte;
    }
    arena.deallocate(block);
    EXPECT_FALSE(ends_well([&] { return static_cast<volatile std::byte*>(block)[0] != block[1]; }));
}

TEST_F(HeapArenaTest, LetsTheAllocatorTouchFreeMemoryAndNothingElse) {
    allocate(64, {100, 8});
    std::byte* const block = allocate(0, {32, 8});
    const auto goes_well = [&](std::ptrdiff_t byte) {
        return ends_well([&] {
            Puppet::at_work = [byte](std::byte* freed) { freed[byte] = std::byte{}; };
            arena.deallocate(block);
            return true;
        });
    };
    for (const std::ptrdiff_t byte : {0, 31, 63, 168, 1023}) {
        EXPECT_TRUE(goes_well(byte)) << byte;
    }
    for (const std::ptrdiff_t byte : {-1, 64, 1024}) {
        EXPECT_FALSE(goes_well(byte)) << byte;
    }
}

} // namespace
