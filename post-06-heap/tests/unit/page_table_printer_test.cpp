#include "memory/page_table_printer.hpp"

#include "fake_memory.hpp"
#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace kernel;
using enum EntryFlag;
using enum Level;

// Tables with the level-4 table where this post's kernel has it.
struct Tables {
    template <PageSize Size = PageSize::kib4>
    void map(std::uint64_t start, std::uint64_t to, EntryFlags flags = writable | no_execute) {
        memory.entry_for(root, start, Size) = PageTableEntry::to_frame(
            Frame<Size>::containing(PhysicalAddress::truncated(to)), flags | present);
    }

    std::string text() const {
        StringSink sink;
        print_page_tables(sink, memory, root);
        return sink.text;
    }

    // All lines but the first.
    std::string runs() const {
        const std::string all = text();
        return all.substr(all.find('\n') + 1);
    }

    FakeMemory memory{};
    Frame<> root = memory.add_table_at(0x10'A000);
};

TEST(PageTablePrinter, PrintsAnEmptyTable) {
    EXPECT_EQ(Tables{}.text(), "level 4 table at 0x10a000, used entries:\n");
}

TEST(PageTablePrinter, PrintsOnePage) {
    Tables map;
    map.map(0x1000, 0x1000);
    EXPECT_EQ(map.text(), "level 4 table at 0x10a000, used entries: 0\n"
                          "  entry 0\n"
                          "    0x1000-0x2000 -> same, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, PrintsThePhysicalAddressIfItIsAnother) {
    Tables map;
    map.map(0x1000, 0x0);
    map.map(0x4000, 0x000F'FFFF'FFFF'F000);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x2000 -> 0x0, RW-, 4 KiB x 1\n"
                          "    0x4000-0x5000 -> 0xffffffffff000, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, MergesPagesThatContinueEachOther) {
    Tables map;
    for (std::uint64_t start = 0x1000; start < 0x10'0000; start += 0x1000) {
        map.map(start, start);
    }
    for (std::uint64_t start = 0x10'0000; start < 0x10'A000; start += 0x1000) {
        map.map(start, start, EntryFlags{});
    }
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x100000 -> same, RW-, 4 KiB x 255\n"
                          "    0x100000-0x10a000 -> same, R-X, 4 KiB x 10\n");
}

TEST(PageTablePrinter, MergesPagesAtContiguousPhysicalAddresses) {
    Tables map;
    map.map(0x8000, 0x3000);
    map.map(0x9000, 0x4000);
    map.map(0xA000, 0x5000);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x8000-0xb000 -> 0x3000, RW-, 4 KiB x 3\n");
}

TEST(PageTablePrinter, MergesLargePagesToo) {
    Tables map;
    map.map<PageSize::mib2>(0x20'0000, 0x20'0000);
    map.map<PageSize::mib2>(0x40'0000, 0x40'0000);
    map.map<PageSize::gib1>(0x4000'0000, 0);
    map.map<PageSize::gib1>(0x8000'0000, 0x4000'0000);
    map.map<PageSize::gib1>(0xC000'0000, 0x8000'0000);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x200000-0x600000 -> same, RW-, 2 MiB x 2\n"
                          "    0x40000000-0x100000000 -> 0x0, RW-, 1 GiB x 3\n");
}

TEST(PageTablePrinter, MergesAcrossTablesOfTheLowerLevels) {
    Tables map;
    map.map(0x1F'F000, 0x1F'F000);
    map.map(0x20'0000, 0x20'0000); // another level-1 table
    map.map(0x3FFF'F000, 0x3FFF'F000);
    map.map(0x4000'0000, 0x4000'0000); // and another level-2 table
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1ff000-0x201000 -> same, RW-, 4 KiB x 2\n"
                          "    0x3ffff000-0x40001000 -> same, RW-, 4 KiB x 2\n");
}

TEST(PageTablePrinter, MergesPagesThatDifferInOtherFlagsOnly) {
    Tables map;
    map.map(0x1000, 0x1000);
    map.map(0x2000, 0x2000, writable | no_execute | accessed | dirty);
    map.map(0x3000, 0x3000, writable | no_execute | cache_disable | write_through | global);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x4000 -> same, RW-, 4 KiB x 3\n");
}

TEST(PageTablePrinter, DoesNotMergeAcrossAGap) {
    Tables map;
    map.map(0x1000, 0x1000);
    map.map(0x3000, 0x2000);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x2000 -> same, RW-, 4 KiB x 1\n"
                          "    0x3000-0x4000 -> 0x2000, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, DoesNotMergePagesThatAreNotContiguousInPhysicalMemory) {
    Tables map;
    map.map(0x1000, 0x1000);
    map.map(0x2000, 0x3000);
    map.map(0x3000, 0x2000); // backwards
    map.map(0x4000, 0x2000); // the same frame again
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x2000 -> same, RW-, 4 KiB x 1\n"
                          "    0x2000-0x3000 -> 0x3000, RW-, 4 KiB x 1\n"
                          "    0x3000-0x4000 -> 0x2000, RW-, 4 KiB x 1\n"
                          "    0x4000-0x5000 -> 0x2000, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, DoesNotMergePagesOfDifferentSize) {
    Tables map;
    map.map(0x1F'F000, 0x1F'F000);
    map.map<PageSize::mib2>(0x20'0000, 0x20'0000);
    map.map<PageSize::mib2>(0x3FE0'0000, 0x3FE0'0000);
    map.map<PageSize::gib1>(0x4000'0000, 0x4000'0000);
    map.map(0x8000'0000, 0x8000'0000);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1ff000-0x200000 -> same, RW-, 4 KiB x 1\n"
                          "    0x200000-0x400000 -> same, RW-, 2 MiB x 1\n"
                          "    0x3fe00000-0x40000000 -> same, RW-, 2 MiB x 1\n"
                          "    0x40000000-0x80000000 -> same, RW-, 1 GiB x 1\n"
                          "    0x80000000-0x80001000 -> same, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, DoesNotMergePagesWithDifferentPermissions) {
    Tables map;
    map.map(0x1000, 0x1000, EntryFlags{});
    map.map(0x2000, 0x2000, writable);
    map.map(0x3000, 0x3000, writable | no_execute);
    map.map(0x4000, 0x4000, no_execute);
    map.map(0x5000, 0x5000, no_execute | user);
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1000-0x2000 -> same, R-X, 4 KiB x 1\n"
                          "    0x2000-0x3000 -> same, RWX, 4 KiB x 1\n"
                          "    0x3000-0x4000 -> same, RW-, 4 KiB x 1\n"
                          "    0x4000-0x5000 -> same, R--, 4 KiB x 1\n"
                          "    0x5000-0x6000 -> same, R-- U, 4 KiB x 1\n");
}

TEST(PageTablePrinter, ComparesThePermissionsOfAllLevelsTogether) {
    Tables map;
    map.map(0x1F'F000, 0x1F'F000);
    map.map(0x20'0000, 0x20'0000);
    PageTableEntry& above = map.memory.entry_for(map.root, 0x20'0000, level_2);
    above = PageTableEntry::of_bits(above.bits() & ~std::uint64_t{0b10}); // not writable
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x1ff000-0x200000 -> same, RW-, 4 KiB x 1\n"
                          "    0x200000-0x201000 -> same, R--, 4 KiB x 1\n");
}

TEST(PageTablePrinter, GroupsRunsByTheirLevel4Entry) {
    Tables map;
    map.map(0x1000, 0x1000);
    map.map(0x3000, 0x3000);
    map.map<PageSize::gib1>(0xFFFF'8000'0000'0000, 0);
    map.map(0xFFFF'FFFF'8000'0000, 0x10'0000, EntryFlags{});
    map.map(0xFFFF'FFFF'8000'1000, 0x10'1000, no_execute);
    EXPECT_EQ(map.text(),
              "level 4 table at 0x10a000, used entries: 0 256 511\n"
              "  entry 0\n"
              "    0x1000-0x2000 -> same, RW-, 4 KiB x 1\n"
              "    0x3000-0x4000 -> same, RW-, 4 KiB x 1\n"
              "  entry 256\n"
              "    0xffff800000000000-0xffff800040000000 -> 0x0, RW-, 1 GiB x 1\n"
              "  entry 511\n"
              "    0xffffffff80000000-0xffffffff80001000 -> 0x100000, R-X, 4 KiB x 1\n"
              "    0xffffffff80001000-0xffffffff80002000 -> 0x101000, R--, 4 KiB x 1\n");
}

TEST(PageTablePrinter, EndsARunWhereItsLevel4EntryEnds) {
    Tables map;
    map.map<PageSize::gib1>(0x7F'C000'0000, 0x7F'C000'0000);
    map.map<PageSize::gib1>(0x80'0000'0000, 0x80'0000'0000);
    EXPECT_EQ(map.text(), "level 4 table at 0x10a000, used entries: 0 1\n"
                          "  entry 0\n"
                          "    0x7fc0000000-0x8000000000 -> same, RW-, 1 GiB x 1\n"
                          "  entry 1\n"
                          "    0x8000000000-0x8040000000 -> same, RW-, 1 GiB x 1\n");
}

TEST(PageTablePrinter, KeepsTheHalvesApartAndPrintsTheEndsThatNoAddressHas) {
    Tables map;
    map.map(0x7FFF'FFFF'F000, 0x1000);
    map.map(0xFFFF'8000'0000'0000, 0x2000);
    map.map(0xFFFF'FFFF'FFFF'E000, 0x3000);
    map.map(0xFFFF'FFFF'FFFF'F000, 0x4000);
    EXPECT_EQ(map.text(), "level 4 table at 0x10a000, used entries: 255 256 511\n"
                          "  entry 255\n"
                          "    0x7ffffffff000-0x800000000000 -> 0x1000, RW-, 4 KiB x 1\n"
                          "  entry 256\n"
                          "    0xffff800000000000-0xffff800000001000 -> 0x2000, RW-, 4 KiB x 1\n"
                          "  entry 511\n"
                          "    0xffffffffffffe000-0x0 -> 0x3000, RW-, 4 KiB x 2\n");
}

TEST(PageTablePrinter, NamesAnEntryWithNothingMappedBelowItOnTheFirstLineOnly) {
    Tables map;
    map.map(0x1000, 0x1000);
    map.memory.entry_for(map.root, 0x80'0000'1000); // its tables stay empty
    EXPECT_EQ(map.text(), "level 4 table at 0x10a000, used entries: 0 1\n"
                          "  entry 0\n"
                          "    0x1000-0x2000 -> same, RW-, 4 KiB x 1\n");
}

TEST(PageTablePrinter, LeavesOutLevel4EntriesThatAreNotPresent) {
    Tables map;
    map.memory.table_in(map.root)[3] = PageTableEntry::of_bits(~std::uint64_t{1});
    EXPECT_EQ(map.text(), "level 4 table at 0x10a000, used entries:\n");
}

TEST(PageTablePrinter, PrintsOneLineHoweverManyPagesContinueEachOther) {
    Tables map;
    for (std::uint64_t start = 0; start < 0x400'0000; start += 0x1000) {
        map.map(start, start);
    }
    EXPECT_EQ(map.runs(), "  entry 0\n"
                          "    0x0-0x4000000 -> same, RW-, 4 KiB x 16384\n");
}

} // namespace
