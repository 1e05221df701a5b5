#include "memory/boot_information.hpp"

#include "boot_blob.hpp"
#include "frame_runs.hpp"
#include "recorded_boot_information.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

namespace {

using namespace kernel;
using enum BootInformationError;
using enum BootTagType;

constexpr std::uint64_t no_limit = ~std::uint64_t{0};
constexpr std::uint32_t available = 1;
constexpr std::uint32_t reserved = 2;

// The smallest valid one: a header and the end tag.
struct alignas(8) Blob {
    std::array<std::uint32_t, 8> words{16, 0, 0, 8};

    std::uint64_t address() const { return reinterpret_cast<std::uint64_t>(words.data()); }
    auto read(std::uint64_t reach = no_limit) const {
        return read_boot_information(address(), reach);
    }
};

// In memory that is exactly as large.
Bytes recorded() {
    Bytes bytes;
    bytes.reserve(sizeof(recorded_boot_information));
    append(bytes, std::as_bytes(std::span{recorded_boot_information}));
    return bytes;
}

Bytes first_bytes(const Bytes& bytes, std::size_t count) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

BootInformation must_read(const BootBlob& blob) {
    return read(blob.bytes()).value();
}

constexpr PhysicalRange no_kernel{};

// The error, or nothing if the bytes are accepted.
std::optional<BootInformationError> error_of(const Bytes& bytes) {
    const auto information = read(bytes);
    return information ? std::nullopt : std::optional{information.error()};
}

std::optional<BootInformationError> error_of(const BootBlob& blob) {
    return error_of(blob.bytes());
}

BootBlob with_map(const std::vector<MapEntry>& entries) {
    return BootBlob{}.tag(memory_map, memory_map_content(entries));
}

// ---- its frame -----------------------------------------------------------------------------

TEST(BootInformation, AcceptsAHeaderAndAnEndTag) {
    ASSERT_TRUE(Blob{}.read().has_value());
    EXPECT_EQ(Blob{}.read()->boot_loader_name, "");
    EXPECT_EQ(runs_of(Blob{}.read()->memory), Ranges{});
    EXPECT_EQ(runs_of(free_frames(*Blob{}.read(), no_kernel)), Ranges{});
}

TEST(BootInformation, FindsTheEndTagAfterOtherTags) {
    const Blob blob{{32, 0, 1, 10, 'c', 0, 0, 8}};
    EXPECT_TRUE(blob.read().has_value());
}

TEST(BootInformation, RefusesAddressZero) {
    EXPECT_EQ(read_boot_information(0, no_limit).error(), null_address);
}

TEST(BootInformation, RefusesEveryMisalignedAddress) {
    const Blob blob;
    for (std::uint64_t offset = 1; offset < 8; ++offset) {
        EXPECT_EQ(read_boot_information(blob.address() + offset, no_limit).error(), misaligned);
    }
}

TEST(BootInformation, ReadsNothingAtOrBeyondItsReach) {
    const Blob blob;
    EXPECT_EQ(blob.read(blob.address()).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() - 8).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 7).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 15).error(), out_of_reach);
    EXPECT_TRUE(blob.read(blob.address() + 16).has_value());
    EXPECT_EQ(read_boot_information(0xFFFF'FFFF'FFFF'FFF8, 1 << 30).error(), out_of_reach);
}

TEST(BootInformation, RefusesASizeThatCannotHoldItsEnd) {
    for (std::uint32_t size = 0; size < 16; ++size) {
        const Blob blob{{size, 0, 0, 8}};
        EXPECT_EQ(blob.read().error(), broken_tag) << size;
    }
}

TEST(BootInformation, RefusesASizeBeyondItsReach) {
    const Blob blob{{0xFFFF'FFFF, 0, 0, 8}};
    EXPECT_EQ(blob.read(blob.address() + 4096).error(), out_of_reach);
}

TEST(BootInformation, RefusesInformationWithoutAnEndTag) {
    EXPECT_EQ((Blob{{16, 0, 1, 8}}.read().error()), broken_tag);
    EXPECT_EQ((Blob{{16, 0, 0, 16}}.read().error()), broken_tag);
    EXPECT_EQ((Blob{{24, 0, 99, 8, 7, 7}}.read().error()), broken_tag);
    EXPECT_EQ((Blob{{28, 0, 99, 8, 99, 0, 8}}.read().error()), broken_tag);
}

TEST(BootInformation, ReadsNoFurtherThanTheEndTag) {
    EXPECT_TRUE((Blob{{32, 0, 0, 8, 2, 0, 0, 8}}.read().has_value()));
}

TEST(BootInformation, IgnoresTheReservedWordOfItsHeader) {
    EXPECT_TRUE((Blob{{16, 0xFFFF'FFFF, 0, 8}}.read().has_value()));
}

TEST(BootInformation, DescribesEachErrorDifferently) {
    std::set<std::string_view> words;
    for (auto error = null_address; error <= too_many_modules;
         error = static_cast<BootInformationError>(static_cast<int>(error) + 1)) {
        words.insert(describe(error));
    }
    EXPECT_EQ(words.size(), static_cast<std::size_t>(too_many_modules) + 1);
    EXPECT_FALSE(words.contains(""));
}

// ---- its tags ------------------------------------------------------------------------------

TEST(BootInformation, RefusesATagShorterThanItsOwnHeader) {
    for (std::uint32_t size = 0; size < 8; ++size) {
        for (const std::uint32_t type : {0u, 1u, 6u, 99u}) {
            const auto blob = BootBlob{}.tag(static_cast<BootTagType>(type), size, {});
            EXPECT_EQ(error_of(blob), broken_tag) << "type " << type << ", size " << size;
        }
    }
}

TEST(BootInformation, RefusesATagThatLeavesNoRoomForTheEndTag) {
    const BootTagType unknown{99};
    for (std::uint32_t size = 9; size <= 16; ++size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), std::nullopt) << size;
    }
    for (std::uint32_t size = 17; size <= 40; ++size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), broken_tag) << size;
    }
    for (std::uint32_t size = 0xFFFF'FFFF; size > 0xFFFF'FFD0; --size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), broken_tag) << size;
    }
}

TEST(BootInformation, SkipsUnknownTags) {
    BootBlob blob;
    for (const std::uint32_t type : {1u, 4u, 5u, 7u, 8u, 9u, 22u, 0x8000'0006u, 0xFFFF'FFFFu}) {
        blob.tag(static_cast<BootTagType>(type), Bytes(type % 11, std::byte{0xFF}));
    }
    blob.tag(boot_loader_name, terminated("found"));
    const Bytes bytes = blob.bytes();
    const auto information = read(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->boot_loader_name, "found");
}

TEST(BootInformation, FindsEachTagAfterThePaddingOfTheOneBefore) {
    for (std::size_t length = 0; length <= 16; ++length) {
        for (const std::byte padding : {std::byte{0}, std::byte{0xFF}}) {
            const Bytes bytes = BootBlob{}
                                    .padded_with(padding)
                                    .tag(command_line, Bytes(length))
                                    .tag(boot_loader_name, terminated("loader"))
                                    .bytes();
            const auto information = read(bytes);
            ASSERT_TRUE(information.has_value()) << length;
            EXPECT_EQ(information->boot_loader_name, "loader") << length;
        }
    }
}

TEST(BootInformation, RefusesAMalformedTagWhereverItStands) {
    EXPECT_EQ(error_of(BootBlob{}
                           .tag(boot_loader_name, terminated("one"))
                           .tag(boot_loader_name, text("two"))
                           .tag(boot_loader_name, terminated("three"))),
              unterminated_string);
}

// ---- the boot loader's name ----------------------------------------------------------------

TEST(BootInformation, GivesTheLoadersNameWithoutItsNul) {
    const Bytes bytes = BootBlob{}.tag(boot_loader_name, terminated("A loader")).bytes();
    EXPECT_EQ(read(bytes)->boot_loader_name, "A loader");
    const Bytes two = BootBlob{}.tag(boot_loader_name, terminated({"ab\0cd", 5})).bytes();
    EXPECT_EQ(read(two)->boot_loader_name, "ab");
}

TEST(BootInformation, RefusesANameWithoutANulOfItsOwn) {
    for (std::size_t length = 0; length <= 16; ++length) {
        const Bytes characters = text(std::string(length, 'x'));
        // The padding is full of NULs; so is the high part of the next tag's type.
        EXPECT_EQ(error_of(BootBlob{}.tag(boot_loader_name, characters)), unterminated_string)
            << length;
    }
}

// ---- its memory map ------------------------------------------------------------------------

TEST(BootInformation, FindsTheFramesThatAreMemory) {
    const BootInformation found = must_read(with_map({{0x10'0000, 0x20'0000, available},
                                                      {0, 0x9'FC00, available},
                                                      {0x11'1000, 0x345, reserved},
                                                      {0x11'8FFF, 1, reserved},
                                                      {5, 0, available},
                                                      {0x2F'FFFF, 0x10'0000, reserved}}));
    EXPECT_EQ(runs_of(found.memory), (Ranges{{0, 0x9'F000},
                                             {0x10'0000, 0x11'1000},
                                             {0x11'2000, 0x11'8000},
                                             {0x11'9000, 0x2F'F000}}));
    EXPECT_TRUE(found.memory.is_complete());
}

TEST(BootInformation, TakesOnlyAvailableRegionsAsMemory) {
    for (const std::uint32_t type : {0u, 2u, 3u, 4u, 5u, 6u, 0xFFFF'FFFFu}) {
        EXPECT_EQ(runs_of(must_read(with_map({{0x10'0000, 0x10'0000, type}})).memory), Ranges{});
        EXPECT_EQ(runs_of(must_read(with_map({{0x10'0000, 0x10'0000, available},
                                              {0x10'0000, 0x10'0000, type}}))
                              .memory),
                  Ranges{});
    }
}

TEST(BootInformation, SkipsWhatLaterVersionsAddToTheMapsEntries) {
    const std::vector<MapEntry> entries{{0x1000, 0x1000, available}, {0x3000, 0x1000, available}};
    for (const std::uint32_t entry_size : {24u, 32u, 40u, 4096u}) {
        const auto blob = BootBlob{}.tag(memory_map, memory_map_content(entries, entry_size));
        EXPECT_EQ(runs_of(must_read(blob).memory), (Ranges{{0x1000, 0x2000}, {0x3000, 0x4000}}));
    }
}

TEST(BootInformation, RefusesAMapWhoseEntriesAreTooSmall) {
    for (std::uint32_t entry_size = 0; entry_size < 24; ++entry_size) {
        Bytes content = memory_map_content({});
        std::memcpy(content.data(), &entry_size, sizeof(entry_size));
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, content)), broken_memory_map) << entry_size;
    }
}

TEST(BootInformation, RefusesAMapThatEndsWithinAnEntryOrItsOwnHeader) {
    const Bytes whole = memory_map_content({{0, 1, 1}, {2, 3, 1}});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto expected =
            size == 8 || size == 32 ? std::nullopt : std::optional{broken_memory_map};
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, first_bytes(whole, size))), expected) << size;
    }
    Bytes huge = whole;
    constexpr std::uint32_t entry_size = 0xFFFF'FFF8;
    std::memcpy(huge.data(), &entry_size, sizeof(entry_size));
    EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, huge)), broken_memory_map);
}

TEST(BootInformation, EndsMemoryAtHalfAnAddressSpace) {
    const std::uint64_t limit = largest_memory;
    const BootInformation found =
        must_read(with_map({{0x20'0000, 0x10'0000, available},
                            {limit - 0x1000, 0x6000, available},
                            {0xFFFF'FFFF'FFFF'0000, 0x1'0000, available},
                            {0xFFFF'FFFF'FFFF'0000, 0xFFFF'FFFF, reserved}}));
    EXPECT_EQ(runs_of(found.memory), (Ranges{{0x20'0000, 0x30'0000}, {limit - 0x1000, limit}}));
    EXPECT_EQ(runs_of(free_frames(found, no_kernel)), runs_of(found.memory));
}

TEST(BootInformation, ReportsAMapInTooManyPieces) {
    std::vector<MapEntry> entries;
    for (std::uint64_t piece = 0; piece < 100; ++piece) {
        entries.push_back({0x20'0000 + piece * 0x2000, 0x1000, available});
    }
    EXPECT_FALSE(must_read(with_map(entries)).memory.is_complete());
    EXPECT_FALSE(free_frames(must_read(with_map(entries)), no_kernel).is_complete());
}

// ---- what is free --------------------------------------------------------------------------

TEST(FreeFrames, LeaveOutTheFirstMebibyteAndTheKernel) {
    const BootInformation found = must_read(with_map({{0, 0x20'0000, available}}));
    EXPECT_EQ(runs_of(found.memory), (Ranges{{0, 0x20'0000}}));
    EXPECT_EQ(runs_of(free_frames(found, no_kernel)), (Ranges{{0x10'0000, 0x20'0000}}));
    EXPECT_EQ(runs_of(free_frames(found, {0x10'0000, 0x11'A2C8})),
              (Ranges{{0x11'B000, 0x20'0000}}));
}

TEST(FreeFrames, LeaveOutModules) {
    const BootInformation found =
        must_read(BootBlob{}
                      .tag(module, module_content(0x30'0000, 0x30'0001, terminated("one")))
                      .tag(memory_map, memory_map_content({{0, 0x100'0000, available}}))
                      .tag(module, module_content(0x50'0000, 0x50'0000, terminated("empty")))
                      .tag(module, module_content(0x40'0800, 0x40'2000, terminated("two"))));
    EXPECT_EQ(runs_of(found.memory), (Ranges{{0, 0x100'0000}}));
    EXPECT_EQ(runs_of(free_frames(found, no_kernel)),
              (Ranges{{0x10'0000, 0x30'0000}, {0x30'1000, 0x40'0000}, {0x40'2000, 0x100'0000}}));
}

// Even where the set is full and gaps replace pieces of memory.
TEST(FreeFrames, AreMemory) {
    std::vector<MapEntry> entries;
    for (std::uint64_t piece = 0; piece < 64; ++piece) {
        entries.push_back({0x20'0000 + piece * 0x2000, 0x1000, available});
    }
    const BootInformation found = must_read(with_map(entries));
    const FrameSet free = free_frames(found, no_kernel);
    EXPECT_FALSE(free.is_complete());
    EXPECT_GT(free.frame_count(), 50u);
    for (const PhysicalRange& run : runs_of(free)) {
        EXPECT_TRUE(
            found.memory.contains(Frame<>::containing(PhysicalAddress::truncated(run.start))));
    }
}

TEST(BootInformation, HasRoomFor15ModulesAndRefusesMore) {
    BootBlob blob = with_map({{0, 0x100'0000, available}});
    for (std::uint32_t number = 1; number <= 15; ++number) {
        blob.tag(module, module_content(number << 20, (number << 20) + 1, terminated("")));
    }
    EXPECT_EQ(free_frames(must_read(blob), no_kernel).frame_count(), 15u * 256 - 15);
    blob.tag(module, module_content(0x10'0000, 0x10'0001, terminated("")));
    EXPECT_EQ(error_of(blob), too_many_modules);
}

TEST(BootInformation, RefusesAModuleThatEndsBeforeItStartsOrHasNoAddresses) {
    EXPECT_EQ(error_of(BootBlob{}.tag(module, module_content(4097, 4096, terminated("m")))),
              broken_module);
    for (std::size_t size = 0; size < 8; ++size) {
        const Bytes content = first_bytes(module_content(0, 0, {}), size);
        EXPECT_EQ(error_of(BootBlob{}.tag(module, content)), broken_module) << size;
    }
}

TEST(FreeFrames, LeaveOutTheBootInformation) {
    // All possible memory, including the test's own heap.
    const Bytes bytes = with_map({{0, largest_memory, available}}).bytes();
    const auto start = reinterpret_cast<std::uint64_t>(bytes.data());
    const FrameSet free = free_frames(*read(bytes), no_kernel);
    for (std::uint64_t address = start; address < start + bytes.size(); ++address) {
        EXPECT_FALSE(free.contains(Frame<>::containing(PhysicalAddress::truncated(address))));
    }
    EXPECT_GE(free.frame_count() + 256 + 2, largest_memory / 4096); // and little else
}

// ---- GRUB's own --------------------------------------------------------------------------

TEST(RecordedBootInformation, IsReadCorrectly) {
    const Bytes bytes = recorded();
    const auto information = read(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->boot_loader_name, "GRUB 2.06-13+deb12u2");
    // Of 128 MiB: up to the BIOS's data at 639 KiB, and from 1 MiB up to the ACPI tables.
    EXPECT_EQ(runs_of(information->memory), (Ranges{{0, 0x9'F000}, {0x10'0000, 0x7FE'0000}}));
    const Ranges free = runs_of(free_frames(*information, {0x10'0000, 0x11'A2C8}));
    EXPECT_EQ(free.front().start, 0x11'B000u);
    EXPECT_EQ(free.back().end, 0x7FE'0000u);
}

TEST(RecordedBootInformation, IsRefusedIfAnyPartIsMissing) {
    const Bytes bytes = recorded();
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        ASSERT_EQ(error_of(first_bytes(bytes, size)), out_of_reach) << size;
    }
}

TEST(RecordedBootInformation, IsRefusedIfItsSizeEndsBeforeItsEndTag) {
    Bytes bytes = recorded();
    for (std::uint32_t size = 0; size < bytes.size(); ++size) {
        std::memcpy(bytes.data(), &size, sizeof(size));
        ASSERT_EQ(error_of(bytes), broken_tag) << size;
    }
}

TEST(RecordedBootInformation, WithAnyWrongByteIsEitherRefusedOrStillSafeToRead) {
    Bytes bytes = recorded();
    std::size_t accepted = 0;
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        const std::byte right = bytes[place];
        // Every wrong value; in the ELF sections, which the kernel skips, only one.
        const bool is_skipped = place >= 0x128 && place < 0x5B4;
        for (int wrong = is_skipped ? 0xFF : 1; wrong <= 0xFF; ++wrong) {
            bytes[place] = right ^ static_cast<std::byte>(wrong);
            if (const auto information = read(bytes)) {
                ASSERT_LT(std::string{information->boot_loader_name}.size(), bytes.size());
                ++accepted;
            }
        }
        bytes[place] = right;
    }
    EXPECT_GT(accepted, 0u);
}

} // namespace
