// What the commands print, tested on the host.

#include "shell/block_picture.hpp"
#include "shell/page_walk_printer.hpp"

#include "fake_memory.hpp"
#include "string_sink.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;

class ShellPageWalk : public testing::Test {
protected:
    std::string walk(std::uint64_t address) const {
        StringSink sink;
        print_page_walk(sink, memory, root, VirtualAddress::checked(address).value());
        return sink.text;
    }

    FakeMemory memory{};
    Frame<> root = memory.add_table_at(0x5000);
};

TEST_F(ShellPageWalk, PrintsEveryLevelDownToASmallPage) {
    memory.entry_for(root, 0xFFFF'8000'0020'3000) =
        PageTableEntry::to_frame(Frame<>::containing(PhysicalAddress::truncated(0x7000)),
                                 EntryFlag::present | EntryFlag::writable | EntryFlag::no_execute);
    EXPECT_EQ(walk(0xFFFF'8000'0020'3ABC), "level 4, entry 256, RWX U: table at 0x100000\n"
                                           "level 3, entry   0, RWX U: table at 0x101000\n"
                                           "level 2, entry   1, RWX U: table at 0x102000\n"
                                           "level 1, entry   3, RW-: 4 KiB page at 0x7000\n"
                                           "physical address 0x7abc, RW-\n");
}

TEST_F(ShellPageWalk, EndsEarlierAtALargePage) {
    memory.entry_for(root, 0x4000'0000, Level::level_3) = PageTableEntry::to_frame(
        Frame<PageSize::gib1>::containing(PhysicalAddress::truncated(0x8000'0000)),
        EntryFlag::present);
    EXPECT_EQ(walk(0x4012'3456), "level 4, entry   0, RWX U: table at 0x100000\n"
                                 "level 3, entry   1, R-X: 1 GiB page at 0x80000000\n"
                                 "physical address 0x80123456, R-X\n");
}

TEST_F(ShellPageWalk, SaysAtWhichLevelNothingIsMapped) {
    EXPECT_EQ(walk(0x1000), "level 4, entry   0: not present, nothing is mapped at 0x1000\n");
    memory.entry_for(root, 0x0020'0000) = PageTableEntry{};
    EXPECT_EQ(walk(0x0), "level 4, entry   0, RWX U: table at 0x100000\n"
                         "level 3, entry   0, RWX U: table at 0x101000\n"
                         "level 2, entry   0: not present, nothing is mapped at 0x0\n");
    EXPECT_TRUE(walk(0x0020'0000)
                    .ends_with("level 1, entry   0: not present, nothing is mapped "
                               "at 0x200000\n"));
}

using Block = std::span<const std::byte>;

// A heap whose memory does not exist: the picture reads none of it.
struct PicturedHeap {
    static constexpr std::uintptr_t start = 0x10000;

    static Block block(std::size_t first, std::size_t size) {
        return {reinterpret_cast<const std::byte*>(start + first), size};
    }
    void for_each_free_block(auto visit) const {
        std::ranges::for_each(free, [&](Block each) { visit(each, BlockState::free); });
        std::ranges::for_each(cached, [&](Block each) { visit(each, BlockState::cached); });
    }

    // Without the explanation in the last row.
    std::string picture() const {
        StringSink sink;
        print_blocks(sink, *this, start, size);
        return sink.text.substr(0, sink.text.find("Each"));
    }
    // The first characters only.
    std::string beginning() const { return picture().substr(8, 4); }

    std::size_t size = 32 << 10; // 32 bytes for each character
    std::vector<Block> free{};
    std::vector<Block> cached{};
};

TEST(ShellBlockPicture, HasSixteenRowsOfSixtyFourCharacters) {
    std::string expected;
    for (const char* start :
         {"0x10000", "0x10800", "0x11000", "0x11800", "0x12000", "0x12800", "0x13000", "0x13800",
          "0x14000", "0x14800", "0x15000", "0x15800", "0x16000", "0x16800", "0x17000", "0x17800"}) {
        expected += start + (" " + std::string(64, '#')) + "\n";
    }
    EXPECT_EQ(PicturedHeap{}.picture(), expected);
}

TEST(ShellBlockPicture, SaysHowManyBytesACharacterStandsFor) {
    for (const auto& [size, text] :
         {std::pair{100u << 10, "is 100 bytes:"}, std::pair{64u << 20, "is 65536 bytes:"}}) {
        StringSink sink;
        print_blocks(sink, PicturedHeap{}, PicturedHeap::start, size);
        EXPECT_NE(sink.text.find(text), std::string::npos) << sink.text;
    }
}

TEST(ShellBlockPicture, ShowsAPieceAsFreeIfAllOfItIsAndAsCachedIfAnyOfItIs) {
    const auto block = PicturedHeap::block;
    EXPECT_EQ(PicturedHeap{.free = {block(0, 16)}}.beginning(), "####");
    EXPECT_EQ(PicturedHeap{.free = {block(0, 32)}}.beginning(), ".###");
    EXPECT_EQ(PicturedHeap{.free = {block(16, 64)}}.beginning(), "#.##");
    EXPECT_EQ(PicturedHeap{.free = {block(16, 80)}}.beginning(), "#..#");
    EXPECT_EQ(PicturedHeap{.cached = {block(16, 16)}}.beginning(), "+###");
    EXPECT_EQ(PicturedHeap{.cached = {block(16, 32)}}.beginning(), "++##");
    const PicturedHeap both{.free = {block(0, 48)}, .cached = {block(48, 16)}};
    EXPECT_EQ(both.beginning(), ".+##");
}

TEST(ShellBlockPicture, LeavesOutBlocksBeyondItsEnd) {
    const PicturedHeap heap{.free = {PicturedHeap::block((32 << 10) - 32, 4096)},
                            .cached = {PicturedHeap::block((32 << 10) + 8192, 32)}};
    EXPECT_TRUE(heap.picture().ends_with("##.\n")) << heap.picture();
}

} // namespace
