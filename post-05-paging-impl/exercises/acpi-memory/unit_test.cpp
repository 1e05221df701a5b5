// Judges the exercise acpi-memory.

#include "memory/boot_information.hpp"

#include "boot_blob.hpp"
#include "frame_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace {

using namespace kernel;

constexpr std::uint32_t available = 1;
constexpr std::uint32_t reserved = 2;
constexpr std::uint32_t acpi = 3;

BootInformation with_map(const std::vector<MapEntry>& entries) {
    const Bytes bytes =
        BootBlob{}.tag(BootTagType::memory_map, memory_map_content(entries)).bytes();
    return read(bytes).value();
}

TEST(AcpiMemory, IsEmptyWithoutSuchEntries) {
    const BootInformation found =
        with_map({{0x10'0000, 0x10'0000, available}, {0x20'0000, 0x1000, reserved}});
    EXPECT_EQ(runs_of(found.acpi_memory), Ranges{});
}

TEST(AcpiMemory, HoldsTheFramesOfType3AndMemoryDoesNot) {
    const BootInformation found = with_map({{0x10'0000, 0x10'0000, available},
                                            {0x20'0000, 0x4000, acpi},
                                            {0x20'4000, 0x1000, reserved},
                                            {0x30'0000, 0x2000, acpi}});
    EXPECT_EQ(runs_of(found.acpi_memory), (Ranges{{0x20'0000, 0x20'4000}, {0x30'0000, 0x30'2000}}));
    EXPECT_EQ(runs_of(found.memory), (Ranges{{0x10'0000, 0x20'0000}}));
}

TEST(AcpiMemory, HoldsWholeFramesOnly) {
    EXPECT_EQ(runs_of(with_map({{0x20'0800, 0x3000, acpi}}).acpi_memory),
              (Ranges{{0x20'1000, 0x20'3000}}));
}

TEST(AcpiMemory, LacksWhatAnotherEntryClaimsWhateverTheOrder) {
    std::vector<MapEntry> entries{{0x20'0000, 0x8000, acpi}, {0x20'1FFF, 1, reserved},
                                  {0x20'4000, 0x1000, 4},    {0x20'6000, 0x1000, 5},
                                  {0x20'7000, 0x1000, 99},   {0x20'0000, 0x1000, available}};
    const auto by_start = [](const MapEntry& a, const MapEntry& b) {
        return a.start != b.start ? a.start < b.start : a.type < b.type;
    };
    std::sort(entries.begin(), entries.end(), by_start);
    do {
        ASSERT_EQ(runs_of(with_map(entries).acpi_memory),
                  (Ranges{{0x20'0000, 0x20'1000}, {0x20'2000, 0x20'4000}, {0x20'5000, 0x20'6000}}));
    } while (std::next_permutation(entries.begin(), entries.end(), by_start));
}

TEST(AcpiMemory, EndsWhereMemoryMayEnd) {
    EXPECT_EQ(runs_of(with_map({{largest_memory - 0x2000, 0x8000, acpi}}).acpi_memory),
              (Ranges{{largest_memory - 0x2000, largest_memory}}));
}

} // namespace
