// Judges the exercise end-of-the-walk.

#include "memory/end_of_walk.hpp"

#include "fake_memory.hpp"
#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace kernel;

std::string end_of_walk(const FakeMemory& memory, Frame<> root, std::uint64_t address) {
    return printed("{}",
                   EndOfWalk<FakeMemory>{memory, root, VirtualAddress::sign_extended(address)});
}

TEST(EndOfWalk, IsInLevel4IfNothingIsMapped) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    EXPECT_EQ(end_of_walk(memory, root, 0x80'3FE7'F5CE), "level 4, entry 1: not present");
    EXPECT_EQ(end_of_walk(memory, root, 0xFFFF'FFFF'FFFF'FFFF), "level 4, entry 511: not present");
}

TEST(EndOfWalk, IsInTheTableWhoseEntryIsMissing) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.entry_for(root, 0x80'3FE7'F5CE) = PageTableEntry::of_bits(0x3000);
    EXPECT_EQ(end_of_walk(memory, root, 0x80'3FE7'F5CE), "level 1, entry 127: not present");
    EXPECT_EQ(end_of_walk(memory, root, 0x80'3FC0'0000), "level 2, entry 510: not present");
    EXPECT_EQ(end_of_walk(memory, root, 0x80'4000'0000), "level 3, entry 1: not present");
}

TEST(EndOfWalk, SaysWhatIsAllowed) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.entry_for(root, 0x80'3FE7'F5CE) = PageTableEntry::of_bits(0x3001);
    EXPECT_EQ(end_of_walk(memory, root, 0x80'3FE7'F5CE), "level 1, entry 127: R-X");
    memory.entry_for(root, 0x80'3FE7'F5CE) = PageTableEntry::of_bits(0x8000'0000'0000'3007);
    EXPECT_EQ(end_of_walk(memory, root, 0x80'3FE7'F5CE), "level 1, entry 127: RW- U");
}

TEST(EndOfWalk, MayBeALargePage) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.entry_for(root, 0, Level::level_3) = PageTableEntry::of_bits(0x83);
    EXPECT_EQ(end_of_walk(memory, root, 0x1234'5678), "level 3, entry 0: RWX");
}

} // namespace
