// Judges the exercise recursive-address.

#include "memory/recursive_map.hpp"

#include "fake_memory.hpp"
#include "memory/translate.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using namespace kernel;

constexpr VirtualAddress at(std::uint64_t address) {
    return VirtualAddress::sign_extended(address);
}

constexpr std::array levels{Level::level_1, Level::level_2, Level::level_3, Level::level_4};

TEST(RecursiveEntryAddress, OfTheFirstPage) {
    const std::array<std::uint64_t, 4> expected{0xFFFF'FF80'0000'0000, 0xFFFF'FFFF'C000'0000,
                                                0xFFFF'FFFF'FFE0'0000, 0xFFFF'FFFF'FFFF'F000};
    for (std::size_t index = 0; index < levels.size(); ++index) {
        EXPECT_EQ(recursive_entry_address(at(0), levels[index], 511).value(), expected[index]);
    }
}

TEST(RecursiveEntryAddress, CanBeComputedByTheCompiler) {
    static_assert(recursive_entry_address(VirtualAddress{}, Level::level_4, 511).value() ==
                  0xFFFF'FFFF'FFFF'F000);
}

// The fake CPU walks the tables with the address, and must arrive at the entry.
TEST(RecursiveEntryAddress, LeadsAWalkToTheEntry) {
    for (const std::uint64_t recursive : {0u, 1u, 255u, 256u, 300u, 511u}) {
        for (const std::uint64_t address :
             {0x0000'0DEA'DBEE'F123u, 0x0000'7FFF'FFFF'FFFFu, 0xFFFF'8765'4321'0FFFu,
              0x0000'0080'3FE7'F5CEu}) {
            FakeMemory memory;
            const Frame<> level_4 = memory.add_table();
            if (at(address).index(Level::level_4) == recursive) {
                continue; // this entry is taken
            }
            for (const Level level : levels) {
                memory.entry_for(level_4, address, level);
            }
            const auto all = EntryFlag::present | EntryFlag::writable | EntryFlag::user;
            memory.table_in(level_4)[recursive] = PageTableEntry::to_table(level_4, all);
            for (const Level level : levels) {
                const auto found = translate(
                    memory, level_4, recursive_entry_address(at(address), level, recursive));
                ASSERT_TRUE(found) << std::hex << address;
                const auto table = Frame<>::containing(found->address);
                const auto index = (found->address.value() & 0xFFF) / sizeof(PageTableEntry);
                EXPECT_EQ(found->address.value() % sizeof(PageTableEntry), 0U);
                EXPECT_EQ(&memory.table_in(table)[index],
                          &memory.entry_for(level_4, address, level));
            }
        }
    }
}

} // namespace
