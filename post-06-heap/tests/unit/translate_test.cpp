#include "memory/translate.hpp"

#include "fake_memory.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace {

using namespace kernel;
using enum EntryFlag;
using enum Level;

constexpr VirtualAddress at(std::uint64_t value) {
    return VirtualAddress::checked(value).value();
}

template <PageSize Size = PageSize::kib4>
PageTableEntry page(std::uint64_t frame, EntryFlags flags = present | writable | user) {
    return PageTableEntry::to_frame(Frame<Size>::containing(PhysicalAddress::truncated(frame)),
                                    flags);
}

// The flags of an entry, from three bits: writable, user, no_execute.
EntryFlags flags_of(unsigned writable_user_no_execute) {
    EntryFlags flags = present;
    flags = (writable_user_no_execute & 1) != 0 ? flags | writable : flags;
    flags = (writable_user_no_execute & 2) != 0 ? flags | user : flags;
    return (writable_user_no_execute & 4) != 0 ? flags | no_execute : flags;
}

// Four tables at scattered addresses, through which 0x80'3FE7'F5CE is translated by hand. Its
// indices are 1, 0, 511 and 127 from level 4 down, and its offset is 0x5CE.
struct WorkedExample {
    static constexpr std::uint64_t address = 0x80'3FE7'F5CE;

    explicit WorkedExample(std::array<EntryFlags, 4> flags = {present, present, present, present}) {
        memory.table_in(tables[0])[1] = PageTableEntry::to_table(tables[1], flags[0]);
        memory.table_in(tables[1])[0] = PageTableEntry::to_table(tables[2], flags[1]);
        memory.table_in(tables[2])[511] = PageTableEntry::to_table(tables[3], flags[2]);
        memory.table_in(tables[3])[127] = page(0x3000, flags[3]);
    }

    std::optional<Translation> translated(std::uint64_t value = address) const {
        return translate(memory, tables[0], at(value));
    }

    FakeMemory memory;
    std::array<Frame<>, 4> tables{memory.add_table_at(0x2000), memory.add_table_at(0x1000),
                                  memory.add_table_at(0x000F'FFFF'FFFF'F000),
                                  memory.add_table_at(0x0008'0000'0000'0000)};
};

TEST(Translate, FollowsTheWorkedExampleThroughItsFourTables) {
    constexpr VirtualAddress address = at(WorkedExample::address);
    EXPECT_EQ(address.index(level_4), 1);
    EXPECT_EQ(address.index(level_3), 0);
    EXPECT_EQ(address.index(level_2), 511);
    EXPECT_EQ(address.index(level_1), 127);
    EXPECT_EQ(address.offset(level_1), 0x5CEu);

    const auto translation = WorkedExample{}.translated();
    ASSERT_TRUE(translation.has_value());
    EXPECT_EQ(translation->address.value(), 0x35CEu);
    EXPECT_EQ(translation->size, PageSize::kib4);
}

TEST(Translate, FindsNothingBesideTheOnePageOfTheWorkedExample) {
    const WorkedExample example;
    EXPECT_TRUE(example.translated(0x80'3FE7'F000).has_value());
    EXPECT_TRUE(example.translated(0x80'3FE7'FFFF).has_value());
    EXPECT_EQ(example.translated(0x80'3FE7'EFFF), std::nullopt);
    EXPECT_EQ(example.translated(0x80'3FE8'0000), std::nullopt);
    for (unsigned bit = 12; bit < 47; ++bit) {
        EXPECT_EQ(example.translated(WorkedExample::address ^ 1ull << bit), std::nullopt) << bit;
    }
    EXPECT_EQ(example.translated(WorkedExample::address | 0xFFFF'8000'0000'0000), std::nullopt);
}

TEST(Translate, AllowsWhatEveryLevelAllows) {
    for (unsigned bits = 0; bits < 8 * 8 * 8 * 8; ++bits) {
        const std::array<unsigned, 4> levels{bits & 7, bits >> 3 & 7, bits >> 6 & 7, bits >> 9};
        const WorkedExample example{
            {flags_of(levels[0]), flags_of(levels[1]), flags_of(levels[2]), flags_of(levels[3])}};
        const unsigned all = levels[0] & levels[1] & levels[2] & levels[3];
        const unsigned any = levels[0] | levels[1] | levels[2] | levels[3];
        const Permissions expected{
            .writable = (all & 1) != 0, .executable = (any & 4) == 0, .user = (all & 2) != 0};

        const auto translation = example.translated();
        ASSERT_TRUE(translation.has_value());
        ASSERT_EQ(translation->permissions(), expected) << std::oct << bits;
        ASSERT_EQ(translation->address.value(), 0x35CEu) << std::oct << bits;
    }
}

TEST(Translate, AllowsForALargePageWhatItsLevelsAllow) {
    for (unsigned bits = 0; bits < 8 * 8; ++bits) {
        FakeMemory memory;
        const Frame<> root = memory.add_table();
        const Frame<> level_3_table = memory.add_table();
        memory.table_in(root)[0] = PageTableEntry::to_table(level_3_table, flags_of(bits & 7));
        memory.table_in(level_3_table)[0] = page<PageSize::gib1>(0, flags_of(bits >> 3));
        const unsigned all = bits & bits >> 3;
        const unsigned any = bits | bits >> 3;
        const Permissions expected{
            .writable = (all & 1) != 0, .executable = (any & 4) == 0, .user = (all & 2) != 0};

        const auto translation = translate(memory, root, at(0));
        ASSERT_TRUE(translation.has_value());
        ASSERT_EQ(translation->permissions(), expected) << std::oct << bits;
        ASSERT_EQ(translation->address, PhysicalAddress{}) << std::oct << bits;
        ASSERT_EQ(translation->size, PageSize::gib1) << std::oct << bits;
    }
}

// The CPU ignores the other bits of such an entry.
TEST(Translate, FindsNothingBehindAnEntryOfAnyLevelThatIsNotPresent) {
    constexpr std::array<std::size_t, 4> indices{1, 0, 511, 127};
    for (std::size_t depth = 0; depth < 4; ++depth) {
        WorkedExample example;
        PageTableEntry& entry = example.memory.table_in(example.tables[depth])[indices[depth]];
        const std::uint64_t before = entry.bits();
        for (const std::uint64_t bits :
             {std::uint64_t{0}, before & ~std::uint64_t{1}, ~std::uint64_t{1}}) {
            entry = PageTableEntry::of_bits(bits);
            EXPECT_EQ(example.translated(), std::nullopt) << "depth " << depth;
        }
        entry = PageTableEntry::of_bits(before);
        EXPECT_TRUE(example.translated().has_value());
    }
}

TEST(Translate, FindsNothingInAnEmptyTable) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    for (const std::uint64_t address :
         {0ull, 0x10'0000ull, 0x7FFF'FFFF'FFFFull, 0xFFFF'8000'0000'0000ull, ~0ull}) {
        EXPECT_EQ(translate(memory, root, at(address)), std::nullopt);
    }
}

// Maps one page of that size from `start` on to `to`.
template <PageSize Size>
struct OnePage {
    OnePage(std::uint64_t page_start, std::uint64_t page_to) : start{page_start}, to{page_to} {
        memory.entry_for(root, start, Size) = page<Size>(to);
    }

    void expect_translated(std::uint64_t offset) const {
        const auto translation = translate(memory, root, at(start + offset));
        ASSERT_TRUE(translation.has_value()) << std::hex << offset;
        ASSERT_EQ(translation->address.value(), to + offset) << std::hex << offset;
        ASSERT_EQ(translation->size, Size);
    }

    // The first and the last bytes, and those around every power of 2.
    void expect_edges_translated() const {
        for (std::uint64_t power = 1; power <= size_in_bytes(Size); power *= 2) {
            expect_translated(power - 1);
            expect_translated(power / 2);
            expect_translated(size_in_bytes(Size) - power);
        }
        EXPECT_EQ(translate(memory, root, VirtualAddress::sign_extended(start - 1)), std::nullopt);
        EXPECT_EQ(
            translate(memory, root, VirtualAddress::sign_extended(start + size_in_bytes(Size))),
            std::nullopt);
    }

    std::uint64_t start;
    std::uint64_t to;
    FakeMemory memory;
    Frame<> root = memory.add_table();
};

TEST(Translate, TranslatesEveryByteOfAFourKibibytePage) {
    const OnePage<PageSize::kib4> mapped{0x1234'5678'9000, 0x000F'EDCB'A987'6000};
    for (std::uint64_t offset = 0; offset < size_in_bytes(PageSize::kib4); ++offset) {
        mapped.expect_translated(offset);
    }
    mapped.expect_edges_translated();
}

TEST(Translate, TranslatesEvery64thByteOfATwoMebibytePage) {
    const OnePage<PageSize::mib2> mapped{0xFFFF'9234'5660'0000, 0x000F'EDCB'A980'0000};
    for (std::uint64_t offset = 0; offset < size_in_bytes(PageSize::mib2); offset += 64) {
        mapped.expect_translated(offset);
    }
    mapped.expect_edges_translated();
}

// In steps of a prime number, which reach every index of the lower levels and many offsets.
TEST(Translate, TranslatesBytesFromAllOverAOneGibibytePage) {
    const OnePage<PageSize::gib1> mapped{0xFFFF'FFFF'8000'0000, 0x000F'EDCB'8000'0000};
    for (std::uint64_t offset = 0; offset < size_in_bytes(PageSize::gib1); offset += 65'521) {
        mapped.expect_translated(offset);
    }
    mapped.expect_edges_translated();
}

TEST(Translate, TranslatesTheLastByteOfTheAddressSpace) {
    const OnePage<PageSize::kib4> mapped{0xFFFF'FFFF'FFFF'F000, 0x5000};
    mapped.expect_translated(0xFFF);
    mapped.expect_edges_translated();
}

// In level 1 bit 7 is PAT and says nothing about size; in a large page's entry PAT is bit 12.
TEST(Translate, DoesNotTakePatAsASizeOrAnAddress) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.entry_for(root, 0x1000, level_1) = PageTableEntry::of_bits(0x7000 | 1 << 7 | 1);
    memory.entry_for(root, 0x20'0000, level_2) =
        PageTableEntry::of_bits(0x60'0000 | 1 << 12 | 1 << 7 | 1);
    memory.entry_for(root, 0x4000'0000, level_3) =
        PageTableEntry::of_bits(0xC000'0000 | 1 << 12 | 1 << 7 | 1);
    const EntryFlags kernel_code{}; // neither writable nor user nor no_execute
    EXPECT_EQ(translate(memory, root, at(0x1234)),
              (Translation{PhysicalAddress::truncated(0x7234), PageSize::kib4, kernel_code}));
    EXPECT_EQ(translate(memory, root, at(0x20'1234)),
              (Translation{PhysicalAddress::truncated(0x60'1234), PageSize::mib2, kernel_code}));
    EXPECT_EQ(translate(memory, root, at(0x4000'1234)),
              (Translation{PhysicalAddress::truncated(0xC000'1234), PageSize::gib1, kernel_code}));
}

// Bit 7 is reserved in level 4: the CPU would cause a page fault.
TEST(Translate, TakesNoEntryOfLevel4ForAPage) {
    WorkedExample example;
    PageTableEntry& top = example.memory.table_in(example.tables[0])[1];
    top = PageTableEntry::of_bits(top.bits() | 1 << 7);
    EXPECT_EQ(example.translated(), WorkedExample{}.translated());
}

TEST(Translate, DistinguishesNeighbouringPagesOfAllSizes) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.entry_for(root, 0x3FFF'F000) = page(0xA000);
    memory.entry_for(root, 0x3FFF'E000) = page(0xC000);
    memory.entry_for(root, 0x3FC0'0000, level_2) = page<PageSize::mib2>(0x20'0000);
    memory.entry_for(root, 0x4000'0000, level_3) = page<PageSize::gib1>(0);
    const auto translated = [&](std::uint64_t address) {
        return translate(memory, root, at(address)).value().address.value();
    };
    EXPECT_EQ(translated(0x3FC0'0001), 0x20'0001u);
    EXPECT_EQ(translated(0x3FDF'FFFF), 0x3F'FFFFu);
    EXPECT_EQ(translated(0x3FFF'EFFF), 0xCFFFu);
    EXPECT_EQ(translated(0x3FFF'F000), 0xA000u);
    EXPECT_EQ(translated(0x3FFF'FFFF), 0xAFFFu);
    EXPECT_EQ(translated(0x4000'0000), 0u);
    EXPECT_EQ(translated(0x7FFF'FFFF), 0x3FFF'FFFFu);
}

// A table that points to itself serves for all four levels.
TEST(Translate, PassesThroughOneTableAsOftenAsTheEntriesSay) {
    FakeMemory memory;
    const Frame<> root = memory.add_table();
    memory.table_in(root)[511] = PageTableEntry::to_table(root, present | writable);
    EXPECT_EQ(translate(memory, root, at(0xFFFF'FFFF'FFFF'F123)).value().address.value(),
              root.start().value() + 0x123);
}

// It works at compile time.
struct OneTable {
    PageTable* table;
    constexpr PageTable& table_in(Frame<>) const { return *table; }
};

static_assert([] {
    PageTable table;
    table[0] = PageTableEntry::to_frame(Frame<>::containing(PhysicalAddress{}), present);
    const auto translation = translate(OneTable{&table}, Frame<>::containing(PhysicalAddress{}),
                                       VirtualAddress::sign_extended(0x123));
    return translation->address.value() == 0x123 && !translation->permissions().writable;
}());

} // namespace
