#include "memory_survey.hpp"

#include "boot_blob.hpp"
#include "recorded_boot_information.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using kernel::BootInformation;
using kernel::BootTagType;
using kernel::FrameRanges;
using kernel::MemorySurvey;
using kernel::PhysicalRange;
using Ranges = std::vector<PhysicalRange>;

constexpr PhysicalRange no_kernel{};
constexpr std::uint32_t available = 1;
constexpr std::uint32_t reserved = 2;

Ranges list(const FrameRanges& ranges) {
    return {ranges.begin(), ranges.end()};
}

BootBlob blob_with(const Ranges& memory, const Ranges& others) {
    std::vector<MapEntry> entries;
    for (const PhysicalRange& range : memory) {
        entries.push_back({range.start, range.size(), available});
    }
    for (const PhysicalRange& range : others) {
        entries.push_back({range.start, range.size(), reserved});
    }
    BootBlob blob;
    blob.tag(BootTagType::memory_map, memory_map_content(entries));
    return blob;
}

// The information itself lies far away from what it speaks of, on the test's own heap.
MemorySurvey survey(const BootBlob& blob, PhysicalRange kernel_image = no_kernel) {
    const Bytes bytes = blob.bytes();
    const auto information = BootInformation::parse(bytes);
    EXPECT_TRUE(information.has_value());
    return kernel::survey_memory(*information, kernel_image);
}

// The free frames of a map that is not in too many pieces.
Ranges free_frames(const Ranges& memory, const Ranges& others) {
    const MemorySurvey found = survey(blob_with(memory, others));
    EXPECT_TRUE(found.complete);
    return list(found.free);
}

TEST(MemorySurvey, FindsNoMemoryWithoutAMap) {
    const auto found = survey(BootBlob{});
    EXPECT_EQ(list(found.all), Ranges{});
    EXPECT_EQ(list(found.free), Ranges{});
}

TEST(MemorySurvey, LeavesTheFirstMebibyteAlone) {
    EXPECT_EQ(free_frames({{0, 0x9'FC00}}, {}), Ranges{});
    EXPECT_EQ(free_frames({{0x9'0000, 0x20'0000}}, {}), (Ranges{{0x10'0000, 0x20'0000}}));
    EXPECT_EQ(list(survey(blob_with({{0, 0x9'FC00}}, {})).all), (Ranges{{0, 0x9'F000}}));
}

TEST(MemorySurvey, LeavesOutEveryFrameThatSomethingElseTouches) {
    const auto found =
        survey(blob_with({{0x10'0000, 0x20'0000}},
                         {{0x11'0000, 0x11'2345}, {0x11'8FFF, 0x11'9000}, {0x1F'FFFF, 0x30'0000}}));
    const Ranges expected{{0x10'0000, 0x11'0000}, {0x11'3000, 0x11'8000}, {0x11'9000, 0x1F'F000}};
    EXPECT_EQ(list(found.all), expected);
    EXPECT_EQ(list(found.free), expected);
}

TEST(MemorySurvey, FindsTheSameInWhateverOrderTheRegionsCome) {
    const Ranges memory{{0x40'0000, 0x50'0000}, {0x10'0000, 0x30'0000}, {0x28'0000, 0x42'0000}};
    const Ranges others{{0x45'0000, 0x46'0000}, {0x12'0000, 0x13'0000}, {0x12'8000, 0x14'0000}};
    const Ranges expected{{0x10'0000, 0x12'0000}, {0x14'0000, 0x45'0000}, {0x46'0000, 0x50'0000}};
    EXPECT_EQ(free_frames(memory, others), expected);
    EXPECT_EQ(free_frames({memory.rbegin(), memory.rend()}, {others.rbegin(), others.rend()}),
              expected);
    BootBlob mixed;
    mixed.tag(BootTagType::memory_map, memory_map_content({{0x45'0000, 0x1'0000, reserved},
                                                           {0x40'0000, 0x10'0000, available},
                                                           {0x12'0000, 0x2'0000, reserved},
                                                           {0x10'0000, 0x32'0000, available}}));
    EXPECT_EQ(list(survey(mixed).free), expected);
}

TEST(MemorySurvey, TakesOnlyAvailableRegionsForMemory) {
    for (const std::uint32_t type : {0u, 2u, 3u, 4u, 5u, 6u, 0xFFFF'FFFFu}) {
        BootBlob blob;
        blob.tag(BootTagType::memory_map, memory_map_content({{0x10'0000, 0x10'0000, type}}));
        EXPECT_EQ(list(survey(blob).all), Ranges{}) << type;
    }
}

TEST(MemorySurvey, LeavesTheKernelAndTheModulesAlone) {
    BootBlob blob = blob_with({{0, 0x100'0000}}, {});
    blob.tag(BootTagType::module, module_content(0x30'0000, 0x30'0001, terminated("one")));
    blob.tag(BootTagType::module, module_content(0x40'0800, 0x40'2000, terminated("two")));
    const auto found = survey(blob, {0x10'0000, 0x11'A2C8});
    EXPECT_EQ(list(found.free),
              (Ranges{{0x11'B000, 0x30'0000}, {0x30'1000, 0x40'0000}, {0x40'2000, 0x100'0000}}));
    EXPECT_EQ(list(found.all), (Ranges{{0, 0x100'0000}})); // they are memory all the same
}

TEST(MemorySurvey, LeavesTheBootInformationAlone) {
    // All memory there can be, the test's own heap included.
    const Bytes bytes = blob_with({{0, kernel::largest_memory}}, {}).bytes();
    const auto information = BootInformation::parse(bytes);
    const FrameRanges free = kernel::survey_memory(*information, no_kernel).free;
    for (std::uint64_t address = information->address();
         address < information->address() + information->size(); ++address) {
        EXPECT_FALSE(free.contains(
            kernel::Frame<>::containing(kernel::PhysicalAddress::truncated(address))));
    }
    EXPECT_GE(free.frames() + 256 + 2, kernel::largest_memory / 4096); // and little else
}

TEST(MemorySurvey, EndsWhereHalfAnAddressSpaceDoes) {
    const std::uint64_t limit = kernel::largest_memory;
    const auto found =
        survey(blob_with({{0x20'0000, 0x30'0000}, {limit - 0x1000, limit + 0x5000}}, {}));
    EXPECT_EQ(list(found.all), (Ranges{{0x20'0000, 0x30'0000}, {limit - 0x1000, limit}}));
    EXPECT_EQ(list(found.free), list(found.all));
}

TEST(MemorySurvey, AcceptsARegionThatEndsWithTheNumbers) {
    BootBlob blob;
    blob.tag(BootTagType::memory_map,
             memory_map_content(
                 {{0x10'0000, 0x10'0000, available}, {0xFFFF'FFFF'FFFF'0000, 0x1'0000, reserved}}));
    EXPECT_EQ(list(survey(blob).all), (Ranges{{0x10'0000, 0x20'0000}}));
}

// Pieces of a frame each, from 2 MiB on, with a frame between any two.
Ranges small_pieces(std::uint64_t count) {
    Ranges pieces;
    for (std::uint64_t number = 0; number < count; ++number) {
        pieces.push_back({0x20'0000 + number * 0x2000, 0x20'1000 + number * 0x2000});
    }
    return pieces;
}

TEST(MemorySurvey, HoldsAMapIn64Pieces) {
    EXPECT_EQ(free_frames(small_pieces(64), {}), small_pieces(64));
}

TEST(MemorySurvey, UsesTheLargestPiecesOfAMapInTooMany) {
    Ranges memory = small_pieces(100);
    memory.push_back({0x100'0000, 0x800'0000});
    const MemorySurvey found = survey(blob_with(memory, {}));
    EXPECT_FALSE(found.complete);
    EXPECT_EQ(list(found.all).size(), 64U);
    EXPECT_EQ(list(found.all).back(), memory.back());
    EXPECT_EQ(list(found.free), list(found.all));
}

TEST(MemorySurvey, TakesNothingForMemoryThatIsNoneHoweverManyPiecesThereAre) {
    const Ranges holes = small_pieces(100);
    const MemorySurvey found = survey(blob_with({{0x10'0000, 0x100'0000}}, holes));
    EXPECT_FALSE(found.complete);
    for (const PhysicalRange& hole : holes) {
        EXPECT_FALSE(found.all.contains(
            kernel::Frame<>::containing(kernel::PhysicalAddress::truncated(hole.start))));
    }
    EXPECT_EQ(list(found.all).back(), (PhysicalRange{holes.back().end, 0x100'0000}));
}

TEST(MemorySurvey, SaysThatTheFreeFramesAreNotAllIfOnlyTheirListIsFull) {
    Ranges memory = small_pieces(63);
    memory.push_back({0x100'0000, 0x200'0000});
    const MemorySurvey found = survey(blob_with(memory, {}), {0x180'0000, 0x181'0000});
    EXPECT_FALSE(found.complete);
    EXPECT_EQ(list(found.all), memory);
    EXPECT_EQ(list(found.free).size(), 64U);
    EXPECT_EQ(list(found.free).back(), (PhysicalRange{0x181'0000, 0x200'0000}));
}

TEST(MemorySurvey, ReadsWhatGrubSaysOfAPcWith128MiB) {
    const auto information =
        BootInformation::parse(std::as_bytes(std::span{recorded_boot_information}));
    ASSERT_TRUE(information.has_value());
    const auto found = kernel::survey_memory(*information, {0x10'0000, 0x11'B000});
    EXPECT_EQ(list(found.all), (Ranges{{0, 0x9'F000}, {0x10'0000, 0x7FE'0000}}));
    // The copy of it that the test reads may lie anywhere, among these frames too.
    EXPECT_EQ(found.free.begin()->start, 0x11'B000u);
    EXPECT_EQ((found.free.end() - 1)->end, 0x7FE'0000u);
}

} // namespace
