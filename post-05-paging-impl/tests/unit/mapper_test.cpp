#include "mapped_memory.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;
using enum Level;
using enum PageSize;
using enum EntryFlag;
using Addresses = std::vector<std::uint64_t>;

constexpr std::uint64_t somewhere = 0xFFFF'9234'5678'9000;

TEST(Mapper, TranslatesEveryByteOfAMappedPage) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(somewhere), frame(0x000F'FFFF'FFFF'F000), writable));
    for (std::uint64_t offset = 0; offset < 4096; ++offset) {
        const auto found = space.mapper.translate(at(somewhere + offset));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->address.value(), 0x000F'FFFF'FFFF'F000 + offset);
    }
    EXPECT_FALSE(space.mapper.translate(at(somewhere - 1)));
    EXPECT_FALSE(space.mapper.translate(at(somewhere + 4096)));
}

TEST(Mapper, MapsPagesOfEverySize) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page<kib4>(0x1000), frame<kib4>(0x7000)));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000)));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0x1'0000'0000)));
    const Contents expected{{0x1000, {0x7000, kib4, present}},
                            {0x20'0000, {0x60'0000, mib2, present | large_page}},
                            {0x4000'0000, {0x1'0000'0000, gib1, present | large_page}}};
    EXPECT_EQ(space.survey().pages, expected);
}

TEST(Mapper, GivesAPageItsPermissionsInAllTables) {
    for (const EntryFlags flags : {EntryFlags{}, EntryFlags{writable}, EntryFlags{no_execute},
                                   EntryFlags{user}, user | writable | no_execute | global}) {
        AddressSpace space;
        ASSERT_TRUE(space.map(page(somewhere), frame(0x7000), flags));
        EXPECT_EQ(space.mapper.translate(at(somewhere))->permissions(), Permissions::of(flags));
        EXPECT_EQ(space.survey().pages.at(somewhere).flags, flags | present);
        for (const Level level : {level_4, level_3, level_2}) {
            EXPECT_EQ(space.entry(somewhere, level).flags(), present | writable | user);
        }
    }
}

TEST(Mapper, DoesNotMapTwice) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000)));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000)));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0)));
    const auto before = space.memory.snapshot();
    const auto error_of = [&space](auto where, auto to) {
        return space.mapper.map(where, to, user | writable, space.frames).error();
    };
    using enum MapError;
    EXPECT_EQ(error_of(page(0x1000), frame(0x9000)), already_mapped);
    EXPECT_EQ(error_of(page<mib2>(0), frame<mib2>(0)), already_mapped);
    EXPECT_EQ(error_of(page<gib1>(0), frame<gib1>(0)), already_mapped);
    EXPECT_EQ(error_of(page<mib2>(0x20'0000), frame<mib2>(0)), already_mapped);
    EXPECT_EQ(error_of(page(0x20'1000), frame(0x9000)), inside_large_page);
    EXPECT_EQ(error_of(page(0x4000'0000), frame(0x9000)), inside_large_page);
    EXPECT_EQ(error_of(page<mib2>(0x4020'0000), frame<mib2>(0)), inside_large_page);
    EXPECT_EQ(space.memory.snapshot(), before);
}

TEST(Mapper, TakesAFrameForEachMissingTableAndNoMore) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0)));
    EXPECT_EQ(space.frames.allocations, 3U);
    ASSERT_TRUE(space.map(page(0x2000), frame(0)));
    EXPECT_EQ(space.frames.allocations, 3U);
    ASSERT_TRUE(space.map(page(0x20'0000), frame(0)));
    EXPECT_EQ(space.frames.allocations, 4U);
    ASSERT_TRUE(space.map(page(0x4000'0000), frame(0)));
    EXPECT_EQ(space.frames.allocations, 6U);
    ASSERT_TRUE(space.map(page<gib1>(0x80'0000'0000), frame<gib1>(0)));
    EXPECT_EQ(space.frames.allocations, 7U);
    ASSERT_TRUE(space.map(page<mib2>(0x100'0000'0000), frame<mib2>(0)));
    EXPECT_EQ(space.frames.allocations, 9U);
}

// A page that needs three tables cannot be mapped with 0, 1 or 2 frames.
TEST(Mapper, LeavesEverythingAsItWasWhenFramesRunOut) {
    for (std::uint64_t budget = 0; budget < 3; ++budget) {
        AddressSpace space;
        ASSERT_TRUE(space.map(page(somewhere), frame(0x7000)));
        const auto before = space.memory.snapshot();
        space.frames.left = budget;
        const auto result = space.mapper.map(page(0x1000), frame(0), {}, space.frames);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error(), MapError::out_of_frames);
        EXPECT_EQ(space.memory.snapshot(), before);
        EXPECT_EQ(space.frames.left, budget);
    }
}

// Looks at all tables at every access, as the CPU may: a new table never shows what was in its
// frame before, and the pages that were mapped stay mapped.
TEST(Mapper, LinksNewTablesOnlyOnceTheyAreEmpty) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(somewhere), frame(0x7000)));
    bool looking = false;
    int looks = 0;
    space.memory.on_access = [&] {
        if (!looking) {
            looking = true;
            const Survey now = space.survey();
            EXPECT_FALSE(now.garbage);
            EXPECT_EQ(now.pages.size(), 1U);
            EXPECT_TRUE(now.pages.contains(somewhere));
            ++looks;
            looking = false;
        }
    };
    ASSERT_TRUE(space.map(page(0x1000), frame(0)));
    EXPECT_GT(looks, 3);
}

TEST(Mapper, ReturnsTheFrameOfAnUnmappedPage) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(somewhere), frame(0x7000), no_execute));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000)));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0xF'C000'0000)));
    auto small = space.mapper.unmap(page(somewhere), space.frames);
    auto middle = space.mapper.unmap(page<mib2>(0x20'0000), space.frames);
    auto large = space.mapper.unmap(page<gib1>(0x4000'0000), space.frames);
    ASSERT_TRUE(small && middle && large);
    EXPECT_EQ(small->frame, frame(0x7000));
    EXPECT_EQ(middle->frame, frame<mib2>(0x60'0000));
    EXPECT_EQ(large->frame, frame<gib1>(0xF'C000'0000));
    EXPECT_FALSE(space.mapper.translate(at(somewhere)));
    EXPECT_EQ(flushed(std::move(small->flush)).pages, Addresses{somewhere});
    EXPECT_EQ(flushed(std::move(middle->flush)).pages, Addresses{0x20'0000});
    EXPECT_EQ(flushed(std::move(large->flush)).pages, Addresses{0x4000'0000});
}

TEST(Mapper, FreesTablesWithTheirLastPage) {
    AddressSpace space;
    const auto empty = space.memory.snapshot();
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000)));
    ASSERT_TRUE(space.map(page(0x2000), frame(0x8000)));
    ASSERT_TRUE(space.map(page(0x20'0000), frame(0x8000)));
    EXPECT_EQ(space.frames.in_use.size(), 4U);
    ASSERT_TRUE(space.unmap(page(0x1000)));
    EXPECT_EQ(space.frames.in_use.size(), 4U);
    ASSERT_TRUE(space.unmap(page(0x2000)));
    EXPECT_EQ(space.frames.in_use.size(), 3U);
    ASSERT_TRUE(space.unmap(page(0x20'0000)));
    EXPECT_TRUE(space.frames.in_use.empty());
    EXPECT_EQ(space.frames.refused, 0U) << "the level-4 table is not freed";
    EXPECT_EQ(space.memory.snapshot(), empty);
}

TEST(Mapper, KeepsAFullTableUntilItsLastPageIsUnmapped) {
    AddressSpace space;
    for (std::uint64_t address = 0; address < 0x20'0000; address += 0x1000) {
        ASSERT_TRUE(space.map(page(address), frame(address)));
    }
    for (std::uint64_t address = 0; address < 0x20'0000; address += 0x1000) {
        EXPECT_EQ(space.frames.in_use.size(), 3U);
        ASSERT_TRUE(space.unmap(page(address)));
    }
    EXPECT_TRUE(space.frames.in_use.empty());
}

// The search for a remaining page looks to both sides of the one that was unmapped.
TEST(Mapper, KeepsATableForAnyOnePageThatIsLeft) {
    for (const std::uint64_t gone : {0u, 1u, 200u, 255u, 256u, 257u, 510u, 511u}) {
        AddressSpace space;
        ASSERT_TRUE(space.map(page(gone * 4096), frame(0)));
        for (std::uint64_t left = 0; left < 512; ++left) {
            if (left == gone) {
                continue;
            }
            ASSERT_TRUE(space.map(page(left * 4096), frame(0)));
            ASSERT_TRUE(space.unmap(page(gone * 4096)));
            ASSERT_EQ(space.survey().pages.size(), 1U) << gone << " went, " << left << " is left";
            ASSERT_TRUE(space.map(page(gone * 4096), frame(0)));
            ASSERT_TRUE(space.unmap(page(left * 4096)));
        }
    }
}

TEST(Mapper, KeepsTheTablesOfTheBootCode) {
    AddressSpace space;
    space.add_boot_table(0, level_3, writable);
    space.add_boot_table(0, level_2, writable);
    const Frame<> boot_table = space.add_boot_table(0, level_1, writable);
    space.memory.table(boot_table)[7] = PageTableEntry::to_frame(frame(0x7000), present);
    auto unmapped = space.mapper.unmap(page(0x7000), space.frames);
    ASSERT_TRUE(unmapped);
    std::move(unmapped->flush).ignore();
    EXPECT_TRUE(space.memory.has(boot_table));
    EXPECT_EQ(space.survey().tables.size(), 3U);

    const auto before = space.memory.snapshot();
    ASSERT_TRUE(space.map(page(0x8000), frame(0x8000)));
    ASSERT_TRUE(space.map(page(0x20'0000), frame(0x8000)));
    ASSERT_TRUE(space.unmap(page(0x8000)));
    ASSERT_TRUE(space.unmap(page(0x20'0000)));
    EXPECT_EQ(space.memory.snapshot(), before);
}

TEST(Mapper, DoesNotUnmapAPageOfAnotherSize) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000)));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000)));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0)));
    const auto before = space.memory.snapshot();
    const auto expect = [&space](auto where, UnmapError error) {
        EXPECT_EQ(space.mapper.unmap(where, space.frames).error(), error);
    };
    expect(page(0x2000), UnmapError::not_mapped);
    expect(page(somewhere), UnmapError::not_mapped);
    expect(page<gib1>(0x8000'0000), UnmapError::not_mapped);
    expect(page(0x20'0000), UnmapError::other_page_size);
    expect(page<mib2>(0), UnmapError::other_page_size);
    expect(page<gib1>(0), UnmapError::other_page_size);
    expect(page<mib2>(0x4000'0000), UnmapError::other_page_size);
    EXPECT_EQ(space.memory.snapshot(), before);
}

TEST(MapError, IsDescribed) {
    for (const MapError error : {MapError::out_of_frames, MapError::already_mapped,
                                 MapError::inside_large_page, MapError::no_such_range}) {
        EXPECT_GT(describe(error).size(), 8U);
    }
    EXPECT_EQ(describe(UnmapError::no_such_range), "no such range of pages");
    EXPECT_EQ(describe(UnmapError::not_mapped), "not mapped");
    EXPECT_EQ(describe(UnmapError::other_page_size), "mapped in pages of another size");
}

} // namespace
