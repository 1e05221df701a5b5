#include "memory/recursive_mapping.hpp"

#include "mapped_memory.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;
using enum Level;

// 0o0177777'rrr'rrr'rrr'rrr'0000: the sign extension, four indices of nine bits, the offset.
TEST(RecursiveMapping, MovesTheRecursiveIndexInFromTheLeft) {
    const VirtualAddress address = at(01'002'003'004'5670);
    EXPECT_EQ(recursive_table_address(0123, address, level_1).value(), 0123'001'002'003'0000U);
    EXPECT_EQ(recursive_table_address(0123, address, level_2).value(), 0123'123'001'002'0000U);
    EXPECT_EQ(recursive_table_address(0123, address, level_3).value(), 0123'123'123'001'0000U);
    EXPECT_EQ(recursive_table_address(0123, address, level_4).value(), 0123'123'123'123'0000U);
    EXPECT_EQ(recursive_entry_address(0123, address, level_1).value(), 0123'001'002'003'0040U);
    EXPECT_EQ(recursive_entry_address(0123, address, level_4).value(), 0123'123'123'123'0010U);
}

TEST(RecursiveMapping, ExtendsTheSignOfAnIndexInTheUpperHalf) {
    EXPECT_EQ(recursive_table_address(0777, at(0), level_1).value(), 0xFFFF'FF80'0000'0000);
    EXPECT_EQ(recursive_table_address(0777, at(0), level_4).value(), 0xFFFF'FFFF'FFFF'F000);
    EXPECT_EQ(recursive_entry_address(0777, at(0xFFFF'FFFF'FFFF'FFFF), level_4).value(),
              0xFFFF'FFFF'FFFF'FFF8);
    EXPECT_EQ(recursive_table_address(0400, at(0), level_1).value(), 0xFFFF'8000'0000'0000);
    EXPECT_EQ(recursive_table_address(0377, at(0), level_1).value(), 0x0000'7F80'0000'0000U);
}

// The walk itself says whether the calculated addresses lead to the tables.
TEST(RecursiveMapping, AddressesTranslateToTheTablesAndEntriesOfEveryLevel) {
    for (const std::uint16_t recursive :
         std::initializer_list<std::uint16_t>{0, 1, 255, 256, 510, 511}) {
        AddressSpace space;
        for (const std::uint64_t address : std::initializer_list<std::uint64_t>{
                 0x0000'0123'4567'8000, 0x0000'7ABC'DEF0'1000, 0x0000'3FFF'FFFF'F000}) {
            ASSERT_TRUE(space.map(page(address), frame(0x5000), EntryFlag::writable));
        }
        space.memory.table(space.level_4)[recursive] =
            PageTableEntry::to_table(space.level_4, EntryFlag::present | EntryFlag::writable);

        for (const std::uint64_t address : std::initializer_list<std::uint64_t>{
                 0x0000'0123'4567'8123, 0x0000'7ABC'DEF0'1FFF, 0x0000'3FFF'FFFF'F000}) {
            Frame<> table = space.level_4;
            for (const Level level : {level_4, level_3, level_2, level_1}) {
                const std::uint64_t index = at(address).index(level);
                const auto of_table =
                    space.mapper.translate(recursive_table_address(recursive, at(address), level));
                const auto of_entry =
                    space.mapper.translate(recursive_entry_address(recursive, at(address), level));
                ASSERT_TRUE(of_table && of_entry) << recursive << " level " << int(level);
                EXPECT_EQ(of_table->address, table.start());
                EXPECT_EQ(of_table->size, PageSize::kib4);
                EXPECT_EQ(of_entry->address.value(), table.start().value() + index * 8);
                table = Frame<>::containing(space.memory.table(table)[index].address(level_2));
            }
        }
    }
}

} // namespace
