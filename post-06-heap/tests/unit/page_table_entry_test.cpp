#include "memory/page_table_entry.hpp"

#include "memory/page_table.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace kernel;
using enum EntryFlag;
using enum Level;

constexpr Level every_level[] = {level_4, level_3, level_2, level_1};

template <PageSize Size = PageSize::kib4>
constexpr Frame<Size> frame_at(std::uint64_t address) {
    return Frame<Size>::containing(PhysicalAddress::truncated(address));
}

constexpr PageTableEntry of_bits(std::uint64_t bits) {
    return PageTableEntry::of_bits(bits);
}

struct FlagRow {
    EntryFlag flag;
    unsigned bit;
};

// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging", the formats of its entries]
constexpr FlagRow every_flag[] = {
    {present, 0},  {writable, 1}, {user, 2},       {write_through, 3}, {cache_disable, 4},
    {accessed, 5}, {dirty, 6},    {large_page, 7}, {global, 8},        {no_execute, 63},
};

TEST(EntryFlags, HaveTheBitsOfTheManual) {
    for (const FlagRow& row : every_flag) {
        SCOPED_TRACE(row.bit);
        EXPECT_EQ(EntryFlags{row.flag}.bits(), 1ull << row.bit);
        EXPECT_EQ(EntryFlags::of_entry(1ull << row.bit), EntryFlags{row.flag});
    }
}

TEST(EntryFlags, AreDistinctInAnEntry) {
    for (const FlagRow& set : every_flag) {
        const EntryFlags only = of_bits(1ull << set.bit).flags();
        const EntryFlags all_but = of_bits(~(1ull << set.bit)).flags();
        for (const FlagRow& asked : every_flag) {
            EXPECT_EQ(only.has(asked.flag), asked.bit == set.bit) << set.bit << ' ' << asked.bit;
            EXPECT_EQ(all_but.has(asked.flag), asked.bit != set.bit) << set.bit << ' ' << asked.bit;
        }
    }
}

TEST(EntryFlags, LeaveOutTheAddressAndTheBitsThatTheCpuIgnores) {
    EXPECT_EQ(of_bits(0x7FFF'FFFF'FFFF'FE00).flags(), EntryFlags{});
    EXPECT_EQ(of_bits(~std::uint64_t{0}).flags().bits(), 0x8000'0000'0000'01FFu);
}

TEST(EntryFlags, AreASet) {
    EXPECT_EQ(EntryFlags{}.bits(), 0u);
    EXPECT_EQ((present | writable).bits(), 0b11u);
    EXPECT_EQ((present | writable | no_execute).bits(), 0x8000'0000'0000'0003u);
    EXPECT_EQ(present | writable | present, writable | present);
    EXPECT_EQ((present | writable | user).without(writable), present | user);
    EXPECT_EQ((present | user).without(writable | no_execute), present | user);
    EXPECT_EQ((present | user).without(present | user), EntryFlags{});
}

TEST(PageTableEntry, IsNotPresentAtFirst) {
    EXPECT_EQ(PageTableEntry{}.bits(), 0u);
    EXPECT_FALSE(PageTableEntry{}.is_present());
}

TEST(PageTableEntry, IsPresentByBit0Alone) {
    EXPECT_TRUE(of_bits(1).is_present());
    EXPECT_FALSE(of_bits(~std::uint64_t{1}).is_present());
}

TEST(PageTableEntry, IsMadeBitByBitAsTheManualSays) {
    EXPECT_EQ(PageTableEntry::to_table(frame_at(0x10'B000), present | writable).bits(), 0x10'B003u);
    EXPECT_EQ(PageTableEntry::to_frame(frame_at(0x000F'FFFF'FFFF'F000),
                                       present | user | global | no_execute)
                  .bits(),
              0x800F'FFFF'FFFF'F105u);
    EXPECT_EQ(PageTableEntry::to_frame(frame_at<PageSize::mib2>(0x4020'0000), present).bits(),
              0x4020'0081u);
    EXPECT_EQ(
        PageTableEntry::to_frame(frame_at<PageSize::gib1>(0x1'4000'0000), present | dirty).bits(),
        0x1'4000'00C1u);
}

TEST(PageTableEntry, SetsTheBitForLargePagesItself) {
    const EntryFlags wrong = present | large_page;
    EXPECT_EQ(PageTableEntry::to_table(frame_at(0x1000), wrong).bits(), 0x1001u);
    EXPECT_EQ(PageTableEntry::to_frame(frame_at(0x1000), wrong).bits(), 0x1001u);
    EXPECT_EQ(PageTableEntry::to_frame(frame_at<PageSize::mib2>(0), present),
              PageTableEntry::to_frame(frame_at<PageSize::mib2>(0), wrong));
}

TEST(PageTableEntry, MapsMemoryByBit7InLevels2And3Only) {
    const PageTableEntry clear = of_bits(0x20'0001);
    const PageTableEntry set = of_bits(0x20'0081);
    EXPECT_FALSE(clear.is_leaf(level_4));
    EXPECT_FALSE(clear.is_leaf(level_3));
    EXPECT_FALSE(clear.is_leaf(level_2));
    EXPECT_TRUE(set.is_leaf(level_3));
    EXPECT_TRUE(set.is_leaf(level_2));
    EXPECT_FALSE(set.is_leaf(level_4)) << "reserved there";
    EXPECT_FALSE(of_bits(~(std::uint64_t{1} << 7)).is_leaf(level_3)) << "another bit decides";
    EXPECT_FALSE(of_bits(~(std::uint64_t{1} << 7)).is_leaf(level_2)) << "another bit decides";
}

TEST(PageTableEntry, MapsFourKibibytesInLevel1WhateverItsBit7) {
    for (const std::uint64_t pat : {0x00u, 0x80u}) {
        const PageTableEntry entry = of_bits(0x000F'FFFF'FFFF'F001 | pat);
        EXPECT_TRUE(entry.is_leaf(level_1));
        EXPECT_EQ(entry.address(level_1).value(), 0x000F'FFFF'FFFF'F000u);
    }
}

TEST(PageTableEntry, HasItsAddressInBits12To51) {
    for (const Level level : every_level) {
        EXPECT_EQ(of_bits(0x000F'FFFF'FFFF'F001).address(level).value(), 0x000F'FFFF'FFFF'F000u);
        EXPECT_EQ(of_bits(0xFFF0'0000'0000'0F7F).address(level).value(), 0u) << "no address bits";
        for (unsigned bit = 12; bit < 52; ++bit) {
            EXPECT_EQ(of_bits(1ull << bit | 1).address(level).value(), 1ull << bit);
        }
    }
}

// Bit 12 is PAT there, the bits above it are reserved.
TEST(PageTableEntry, LeavesTheBitsBelowALargePagesSizeOutOfItsAddress) {
    EXPECT_EQ(of_bits(0x8020'0081 | 1 << 12).address(level_2).value(), 0x8020'0000u);
    EXPECT_EQ(of_bits(0x8000'0081 | 1 << 12).address(level_3).value(), 0x8000'0000u);
    EXPECT_EQ(of_bits(0x000F'FFFF'FFFF'F081).address(level_2).value(), 0x000F'FFFF'FFE0'0000u);
    EXPECT_EQ(of_bits(0x000F'FFFF'FFFF'F081).address(level_3).value(), 0x000F'FFFF'C000'0000u);
    EXPECT_EQ(of_bits(0x000F'FFFF'FFFF'F081).address(level_4).value(), 0x000F'FFFF'FFFF'F000u);
}

TEST(PageTableEntry, ReturnsTheFrameAndTheFlagsThatItWasMadeOf) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 1000; ++i) {
        const auto address = PhysicalAddress::truncated(random());
        const auto flags = EntryFlags::of_entry(random()).without(large_page);
        const auto small = Frame<>::containing(address);
        const auto middle = Frame<PageSize::mib2>::containing(address);
        const auto large = Frame<PageSize::gib1>::containing(address);
        for (const Level level : {level_4, level_3, level_2}) {
            const PageTableEntry table = PageTableEntry::to_table(small, flags);
            EXPECT_EQ(table.address(level), small.start());
            EXPECT_EQ(table.flags(), flags);
            EXPECT_FALSE(table.is_leaf(level));
        }
        EXPECT_EQ(PageTableEntry::to_frame(small, flags).address(level_1), small.start());
        EXPECT_EQ(PageTableEntry::to_frame(small, flags).flags(), flags);
        EXPECT_EQ(PageTableEntry::to_frame(middle, flags).address(level_2), middle.start());
        EXPECT_EQ(PageTableEntry::to_frame(middle, flags).flags(), flags | large_page);
        EXPECT_EQ(PageTableEntry::to_frame(large, flags).address(level_3), large.start());
        EXPECT_EQ(PageTableEntry::to_frame(large, flags).flags(), flags | large_page);
    }
}

TEST(PageTableEntry, KeepsEveryBitOfTheWordThatItIsReadFrom) {
    std::mt19937_64 random{2};
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t bits = random();
        EXPECT_EQ(of_bits(bits).bits(), bits);
        EXPECT_EQ(of_bits(bits), of_bits(bits));
        EXPECT_NE(of_bits(bits), of_bits(bits ^ 1ull << i % 64));
    }
}

TEST(PageTable, Is512EntriesInARowAndEmptyAtFirst) {
    PageTable table;
    for (std::size_t index = 0; index < 512; ++index) {
        EXPECT_FALSE(table[index].is_present());
        EXPECT_EQ(reinterpret_cast<char*>(&table[index]) - reinterpret_cast<char*>(&table),
                  static_cast<std::ptrdiff_t>(index * 8));
    }
    EXPECT_EQ(PageTable::size, 512u);
}

} // namespace
