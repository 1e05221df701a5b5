#include "memory/mapping.hpp"

#include "memory/translate.hpp"

#include "fake_memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

using namespace kernel;
using enum EntryFlag;
using enum Level;

constexpr Permissions everything{};

template <PageSize Size = PageSize::kib4>
PageTableEntry page(std::uint64_t frame, EntryFlags flags = present | writable | user) {
    return PageTableEntry::to_frame(Frame<Size>::containing(PhysicalAddress::truncated(frame)),
                                    flags);
}

Mapping mapping(std::uint64_t start, std::uint64_t to, PageSize size = PageSize::kib4,
                Permissions permissions = everything) {
    return {VirtualAddress::checked(start).value(), PhysicalAddress::truncated(to), size,
            permissions};
}

struct AddressSpace {
    std::vector<Mapping> mappings() const {
        std::vector<Mapping> found;
        for_each_mapping(memory, root, [&found](const Mapping& one) { found.push_back(one); });
        return found;
    }

    FakeMemory memory{};
    Frame<> root = memory.add_table();
};

TEST(ForEachMapping, VisitsNothingIfNothingIsMapped) {
    AddressSpace space;
    EXPECT_TRUE(space.mappings().empty());
    space.memory.entry_for(space.root, 0x1000, level_1); // the tables down to it, all empty
    EXPECT_TRUE(space.mappings().empty());
}

TEST(ForEachMapping, VisitsAPageOfEachSize) {
    AddressSpace space;
    space.memory.entry_for(space.root, 0x4000'0000, level_3) = page<PageSize::gib1>(0x8000'0000);
    space.memory.entry_for(space.root, 0x20'0000, level_2) = page<PageSize::mib2>(0x60'0000);
    space.memory.entry_for(space.root, 0x1000, level_1) = page(0x000F'FFFF'FFFF'F000);
    EXPECT_EQ(space.mappings(), (std::vector{mapping(0x1000, 0x000F'FFFF'FFFF'F000),
                                             mapping(0x20'0000, 0x60'0000, PageSize::mib2),
                                             mapping(0x4000'0000, 0x8000'0000, PageSize::gib1)}));
}

TEST(ForEachMapping, GoesUpThroughTheLowerHalfAndThenThroughTheUpperOne) {
    const std::vector<std::uint64_t> ascending{
        0,
        0x0000'0000'001F'F000,
        0x0000'0000'0020'0000,
        0x0000'0080'0000'0000,
        0x0000'7FFF'FFFF'F000,
        0xFFFF'8000'0000'0000,
        0xFFFF'FF7F'FFFF'F000,
        0xFFFF'FFFF'FFFF'F000,
    };
    AddressSpace space;
    for (const std::size_t index : {5u, 0u, 7u, 3u, 1u, 6u, 2u, 4u}) {
        space.memory.entry_for(space.root, ascending[index]) = page(0x7000);
    }
    std::vector<std::uint64_t> visited;
    for (const Mapping& one : space.mappings()) {
        visited.push_back(one.start.value());
        EXPECT_EQ(one, mapping(one.start.value(), 0x7000));
    }
    EXPECT_EQ(visited, ascending);
}

template <PageSize Size>
void expect_visits_to_a_full_table_of_pages() {
    AddressSpace space;
    std::vector<Mapping> expected;
    for (std::uint64_t index = 0; index < 512; ++index) {
        const std::uint64_t start = index * size_in_bytes(Size);
        space.memory.entry_for(space.root, start, Size) = page<Size>(start);
        expected.push_back(mapping(start, start, Size));
    }
    EXPECT_EQ(space.mappings(), expected) << name_of(Size);
}

TEST(ForEachMapping, VisitsAllEntriesOfATableOfPages) {
    expect_visits_to_a_full_table_of_pages<PageSize::kib4>();
    expect_visits_to_a_full_table_of_pages<PageSize::mib2>();
    expect_visits_to_a_full_table_of_pages<PageSize::gib1>();
}

TEST(ForEachMapping, VisitsAllEntriesOfLevel4) {
    AddressSpace space;
    std::vector<Mapping> expected;
    for (std::uint64_t index = 0; index < 512; ++index) {
        const std::uint64_t start =
            index < 256 ? index << 39 : 0xFFFF'8000'0000'0000 + ((index - 256) << 39);
        space.memory.entry_for(space.root, start, level_3) = page<PageSize::gib1>(0);
        expected.push_back(mapping(start, 0, PageSize::gib1));
    }
    EXPECT_EQ(space.mappings(), expected);
}

TEST(ForEachMapping, SkipsEntriesThatAreNotPresentWhateverTheyContain) {
    for (const Level level : {level_4, level_3, level_2, level_1}) {
        AddressSpace space;
        space.memory.entry_for(space.root, 0x1000, level) =
            PageTableEntry::of_bits(~std::uint64_t{1});
        EXPECT_TRUE(space.mappings().empty()) << "level " << static_cast<int>(level);
    }
}

// Bit 7 is reserved in level 4: the CPU would cause a page fault.
TEST(ForEachMapping, TakesNoEntryOfLevel4ForAPage) {
    AddressSpace space;
    space.memory.entry_for(space.root, 0x1000) = page(0x5000);
    PageTableEntry& top = space.memory.entry_for(space.root, 0x1000, level_4);
    top = PageTableEntry::of_bits(top.bits() | 1 << 7);
    EXPECT_EQ(space.mappings(), (std::vector{mapping(0x1000, 0x5000)}));
}

TEST(ForEachMapping, AllowsWhatEveryLevelAllows) {
    const auto without = [](PageTableEntry entry, std::uint64_t clear, std::uint64_t set) {
        return PageTableEntry::of_bits((entry.bits() & ~clear) | set);
    };
    for (const Level level : {level_4, level_3, level_2, level_1}) {
        AddressSpace space;
        space.memory.entry_for(space.root, 0x1000) = page(0x1000);
        PageTableEntry& entry = space.memory.entry_for(space.root, 0x1000, level);
        const PageTableEntry before = entry;
        entry = without(before, 1 << 1, 0);
        EXPECT_EQ(space.mappings().at(0).permissions, (Permissions{.writable = false}));
        entry = without(before, 1 << 2, 0);
        EXPECT_EQ(space.mappings().at(0).permissions, (Permissions{.user = false}));
        entry = without(before, 0, std::uint64_t{1} << 63);
        EXPECT_EQ(space.mappings().at(0).permissions, (Permissions{.executable = false}));
    }
}

TEST(ForEachMapping, DoesNotCarryPermissionsOverToTheNextPages) {
    AddressSpace space;
    for (const std::uint64_t start : {0x1000u, 0x2000u, 0x20'0000u, 0x4000'0000u}) {
        space.memory.entry_for(space.root, start) = page(start);
    }
    space.memory.entry_for(space.root, 0x1000) = page(0x1000, present);
    const Permissions code{.writable = false, .executable = true, .user = false};
    EXPECT_EQ(space.mappings(),
              (std::vector{mapping(0x1000, 0x1000, PageSize::kib4, code), mapping(0x2000, 0x2000),
                           mapping(0x20'0000, 0x20'0000), mapping(0x4000'0000, 0x4000'0000)}));
}

TEST(ForEachMapping, VisitsAPageAsOftenAsItsTableIsPointedTo) {
    AddressSpace space;
    space.memory.entry_for(space.root, 0x1000) = page(0x5000);
    space.memory.entry_for(space.root, 0x20'0000, level_2) =
        space.memory.entry_for(space.root, 0, level_2);
    EXPECT_EQ(space.mappings(), (std::vector{mapping(0x1000, 0x5000), mapping(0x20'1000, 0x5000)}));
}

TEST(ForEachMapping, EndsInATableThatPointsToItself) {
    AddressSpace space;
    const std::uint64_t root = space.root.start().value();
    space.memory.table_in(space.root)[511] =
        PageTableEntry::to_table(space.root, present | writable | user);
    EXPECT_EQ(space.mappings(), (std::vector{mapping(0xFFFF'FFFF'FFFF'F000, root)}));
}

// Random tables, and a list of what they map.
class RandomTables {
public:
    explicit RandomTables(std::uint64_t seed) : random_{seed} { fill(space.root, 4, 0, 0b111); }

    AddressSpace space{};
    std::vector<Mapping> expected{};

private:
    // `permitted` has bit 0 for writing, 1 for executing, 2 for programs outside the kernel.
    void fill(Frame<> table, unsigned level, std::uint64_t start, unsigned permitted) {
        std::size_t index = random_() % 200;
        for (int used = 0; used < 3 && index < 512; ++used, index += step()) {
            std::uint64_t address = start + (std::uint64_t{index} << (3 + 9 * level));
            if (level == 4 && index >= 256) {
                address |= 0xFFFF'0000'0000'0000;
            }
            const auto own = static_cast<unsigned>(random_() % 8);
            space.memory.table_in(table)[index] =
                PageTableEntry::of_bits(word(level, address, own, permitted & own));
        }
    }

    // Half of all entries directly follow the one before.
    std::size_t step() { return random_() % 2 == 0 ? 1 : random_() % 200 + 1; }

    std::uint64_t word(unsigned level, std::uint64_t address, unsigned own, unsigned permitted) {
        const std::uint64_t ignored = random_() & 0x7FF0'0000'0000'0F78;
        const std::uint64_t bits =
            (own & 1) << 1 | (own & 4) | (own & 2 ? 0 : std::uint64_t{1} << 63) | ignored;
        if (random_() % 4 == 0) {
            return bits | (random_() & 0x000F'FFFF'FFFF'F080); // not present
        }
        const bool large = (level == 2 || level == 3) && random_() % 3 == 0;
        if (level == 1 || large) {
            const std::uint64_t size = std::uint64_t{1} << (3 + 9 * level);
            const std::uint64_t to = (random_() & 0x000F'FFFF'FFFF'F000) & ~(size - 1);
            expected.push_back(mapping(address, to, static_cast<PageSize>(level),
                                       {.writable = (permitted & 1) != 0,
                                        .executable = (permitted & 2) != 0,
                                        .user = (permitted & 4) != 0}));
            const std::uint64_t pat = random_() & (large ? 1 << 12 : 1 << 7);
            return bits | to | pat | (large ? 1 << 7 : 0) | 1;
        }
        const Frame<> next = space.memory.add_table();
        fill(next, level - 1, address, permitted);
        return bits | next.start().value() | 1;
    }

    std::mt19937_64 random_;
};

TEST(ForEachMapping, VisitsExactlyWhatRandomTablesMap) {
    std::size_t pages = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const RandomTables tables{seed};
        ASSERT_EQ(tables.space.mappings(), tables.expected) << "seed " << seed;
        pages += tables.expected.size();
    }
    EXPECT_GT(pages, 1000u);
}

TEST(ForEachMapping, AgreesWithTranslate) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const AddressSpace space = RandomTables{seed}.space;
        for (const Mapping& one : space.mappings()) {
            for (const std::uint64_t offset : {std::uint64_t{0}, size_in_bytes(one.size) - 1}) {
                const auto inside = VirtualAddress::checked(one.start.value() + offset).value();
                const auto to = PhysicalAddress::truncated(one.to.value() + offset);
                const auto found = translate(space.memory, space.root, inside);
                ASSERT_TRUE(found.has_value()) << "seed " << seed;
                ASSERT_EQ(found->address, to) << "seed " << seed;
                ASSERT_EQ(found->size, one.size) << "seed " << seed;
                ASSERT_EQ(found->permissions(), one.permissions) << "seed " << seed;
            }
        }
    }
}

// The bytes right before and after each page are mapped exactly if a mapping says so.
TEST(ForEachMapping, AgreesWithTranslateOnWhatIsNotMapped) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const AddressSpace space = RandomTables{seed}.space;
        const std::vector<Mapping> mappings = space.mappings();
        const auto is_mapped = [&mappings](VirtualAddress address) {
            return std::any_of(mappings.begin(), mappings.end(), [address](const Mapping& one) {
                return address.value() - one.start.value() < size_in_bytes(one.size);
            });
        };
        for (const Mapping& one : mappings) {
            for (const std::uint64_t beside :
                 {one.start.value() - 1, one.start.value() + size_in_bytes(one.size)}) {
                const auto address = VirtualAddress::sign_extended(beside);
                ASSERT_EQ(translate(space.memory, space.root, address).has_value(),
                          is_mapped(address))
                    << "seed " << seed;
            }
        }
    }
}

} // namespace
