#include "boot/boot_information.hpp"

#include "boot_blob.hpp"
#include "recorded_boot_information.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace {

using namespace kernel;
using enum BootInformationError;
using enum BootTagType;

constexpr std::uint64_t no_limit = ~std::uint64_t{0};

// The smallest that is right: a header and the end tag.
struct alignas(8) Blob {
    std::array<std::uint32_t, 8> words{16, 0, 0, 8};

    std::uint64_t address() const { return reinterpret_cast<std::uint64_t>(words.data()); }
    auto read(std::uint64_t reach = no_limit) const {
        return BootInformation::at(address(), reach);
    }
};

// Exactly as large as it is.
Bytes recorded() {
    Bytes bytes;
    bytes.reserve(sizeof(recorded_boot_information));
    append(bytes, std::as_bytes(std::span{recorded_boot_information}));
    return bytes;
}

Bytes first_bytes(const Bytes& bytes, std::size_t count) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

void set_total_size(Bytes& bytes, std::uint32_t size) {
    std::memcpy(bytes.data(), &size, sizeof(size));
}

std::vector<MemoryRegion> regions_of(const BootInformation& information) {
    const MemoryMap map = information.memory_map();
    return {map.begin(), map.end()};
}

std::vector<Module> modules_of(const BootInformation& information) {
    const Modules modules = information.modules();
    return {modules.begin(), modules.end()};
}

// Looks at every byte that can be read from it; the sanitizers watch. Returns how many things
// there were.
std::size_t read_everything(const BootInformation& information) {
    const auto length = [](std::string_view string) { return std::string{string}.size(); };
    std::size_t count = length(information.command_line());
    count += length(information.boot_loader_name());
    for (const MemoryRegion region : information.memory_map()) {
        count += region.length == 0 || region.start + (region.length - 1) >= region.start ? 1 : 0;
    }
    for (const Module module : information.modules()) {
        count += length(module.command_line);
    }
    return count;
}

// The error of what must not be accepted; nothing if it is.
std::optional<BootInformationError> error_of(const Bytes& bytes) {
    const auto information = BootInformation::parse(bytes);
    return information ? std::nullopt : std::optional{information.error()};
}

std::optional<BootInformationError> error_of(const BootBlob& blob) {
    return error_of(blob.bytes());
}

// ---- its frame -----------------------------------------------------------------------------

TEST(BootInformation, AcceptsAHeaderAndAnEndTag) {
    const Blob blob;
    ASSERT_TRUE(blob.read().has_value());
    EXPECT_EQ(blob.read()->size(), 16u);
    EXPECT_EQ(blob.read()->address(), blob.address());
}

TEST(BootInformation, FindsTheEndTagBehindOtherTags) {
    const Blob blob{{32, 0, 1, 10, 'c', 0, 0, 8}};
    EXPECT_TRUE(blob.read().has_value());
}

TEST(BootInformation, RefusesAddressZero) {
    EXPECT_EQ(BootInformation::at(0, no_limit).error(), null_address);
}

TEST(BootInformation, RefusesEveryMisalignedAddress) {
    const Blob blob;
    for (std::uint64_t offset = 1; offset < 8; ++offset) {
        EXPECT_EQ(BootInformation::at(blob.address() + offset, no_limit).error(), misaligned);
    }
}

TEST(BootInformation, ReadsNothingAtOrBeyondItsReach) {
    const Blob blob;
    EXPECT_EQ(blob.read(blob.address()).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() - 8).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 7).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 15).error(), out_of_reach);
    EXPECT_TRUE(blob.read(blob.address() + 16).has_value());
    EXPECT_EQ(BootInformation::at(0xFFFF'FFFF'FFFF'FFF8, 1 << 30).error(), out_of_reach);
}

TEST(BootInformation, RefusesASizeThatCannotHoldItsEnd) {
    for (std::uint32_t size = 0; size < 16; ++size) {
        const Blob blob{{size, 0, 0, 8}};
        EXPECT_EQ(blob.read().error(), too_short) << size;
    }
}

TEST(BootInformation, RefusesASizeBeyondItsReach) {
    const Blob blob{{0xFFFF'FFFF, 0, 0, 8}};
    EXPECT_EQ(blob.read(blob.address() + 4096).error(), out_of_reach);
}

TEST(BootInformation, RefusesWhatDoesNotEndWithAnEndTag) {
    EXPECT_EQ((Blob{{16, 0, 1, 8}}.read().error()), no_end_tag);
    EXPECT_EQ((Blob{{16, 0, 0, 16}}.read().error()), no_end_tag);
    EXPECT_EQ((Blob{{24, 0, 0, 8, 7, 7}}.read().error()), no_end_tag);
}

TEST(BootInformation, RefusesAnEndTagAtAnOddPlace) {
    EXPECT_EQ((Blob{{20, 0, 4, 0, 8}}.read().error()), no_end_tag);
    EXPECT_EQ((Blob{{28, 0, 99, 8, 99, 0, 8}}.read().error()), no_end_tag);
}

TEST(BootInformation, RefusesAnEndTagWithMoreBehindIt) {
    EXPECT_EQ((Blob{{24, 0, 0, 8, 0, 8}}.read().error()), early_end_tag);
    EXPECT_EQ(error_of(BootBlob{}.tag(end, text("not an end"))), early_end_tag);
}

TEST(BootInformation, IgnoresTheReservedWordOfItsHeader) {
    EXPECT_TRUE((Blob{{16, 0xFFFF'FFFF, 0, 8}}.read().has_value()));
}

TEST(BootInformation, KnowsWhereItLiesAndLeavesOutWhatIsBehindIt) {
    Bytes bytes = BootBlob{}.tag(command_line, terminated("quiet")).bytes();
    const std::size_t size = bytes.size();
    bytes.resize(size + 100, std::byte{0xFF});
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->size(), size);
    EXPECT_EQ(information->address(), reinterpret_cast<std::uint64_t>(bytes.data()));
    EXPECT_EQ(information->span().data(), bytes.data());
    EXPECT_EQ(information->span().size(), size);
}

TEST(BootInformation, HasOtherWordsForEachError) {
    std::set<std::string_view> words;
    for (auto error = null_address; error <= module_reversed;
         error = static_cast<BootInformationError>(static_cast<int>(error) + 1)) {
        words.insert(describe(error));
    }
    EXPECT_EQ(words.size(), static_cast<std::size_t>(module_reversed) + 1);
    EXPECT_FALSE(words.contains("unknown error"));
}

// ---- its tags ------------------------------------------------------------------------------

TEST(BootInformation, IsEmptyWithoutTags) {
    const Bytes bytes = BootBlob{}.bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->command_line(), "");
    EXPECT_EQ(information->boot_loader_name(), "");
    EXPECT_TRUE(information->memory_map().empty());
    EXPECT_EQ(regions_of(*information).size(), 0u);
    EXPECT_EQ(modules_of(*information).size(), 0u);
}

TEST(BootInformation, RefusesATagShorterThanItsOwnHeader) {
    for (std::uint32_t size = 0; size < 8; ++size) {
        for (const std::uint32_t type : {1u, 6u, 99u}) {
            const auto blob = BootBlob{}.tag(static_cast<BootTagType>(type), size, {});
            EXPECT_EQ(error_of(blob), tag_too_short) << "type " << type << ", size " << size;
        }
    }
}

TEST(BootInformation, RefusesATagThatLeavesNoRoomForTheEndTag) {
    const BootTagType unknown{99};
    for (std::uint32_t size = 9; size <= 16; ++size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), std::nullopt) << size;
    }
    for (std::uint32_t size = 17; size <= 40; ++size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), tag_too_long) << size;
    }
    for (std::uint32_t size = 0xFFFF'FFFF; size > 0xFFFF'FFD0; --size) {
        EXPECT_EQ(error_of(BootBlob{}.tag(unknown, size, Bytes(8))), tag_too_long) << size;
    }
}

TEST(BootInformation, StepsOverTagsThatItDoesNotKnow) {
    BootBlob blob;
    for (const std::uint32_t type : {4u, 5u, 7u, 8u, 9u, 22u, 0x8000'0006u, 0xFFFF'FFFFu}) {
        blob.tag(static_cast<BootTagType>(type), Bytes(type % 11, std::byte{0xFF}));
    }
    const Bytes bytes = blob.tag(command_line, terminated("found")).bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->command_line(), "found");
}

TEST(BootInformation, FindsEachTagBehindThePaddingOfTheOneBefore) {
    for (std::size_t length = 0; length <= 16; ++length) {
        for (const std::byte padding : {std::byte{0}, std::byte{0xFF}}) {
            const Bytes bytes = BootBlob{}
                                    .padded_with(padding)
                                    .tag(command_line, terminated(std::string(length, 'x')))
                                    .tag(boot_loader_name, terminated("loader"))
                                    .bytes();
            const auto information = BootInformation::parse(bytes);
            ASSERT_TRUE(information.has_value()) << length;
            EXPECT_EQ(information->command_line(), std::string(length, 'x'));
            EXPECT_EQ(information->boot_loader_name(), "loader") << length;
        }
    }
}

TEST(BootInformation, TakesTheFirstOfTagsThatMayComeOnlyOnce) {
    const Bytes bytes = BootBlob{}
                            .tag(command_line, terminated("one"))
                            .tag(command_line, terminated("two"))
                            .tag(memory_map, memory_map_content({{0, 1, 1}}))
                            .tag(memory_map, memory_map_content({{2, 3, 1}, {4, 5, 1}}))
                            .bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->command_line(), "one");
    EXPECT_EQ(regions_of(*information).size(), 1u);
}

TEST(BootInformation, RefusesAMalformedTagWhereverItStands) {
    EXPECT_EQ(error_of(BootBlob{}
                           .tag(command_line, terminated("one"))
                           .tag(command_line, text("two"))
                           .tag(boot_loader_name, terminated("loader"))),
              unterminated_string);
}

TEST(BootInformation, IsReadAtAnyAddress) {
    const Bytes bytes = recorded();
    for (std::size_t offset = 0; offset < 8; ++offset) {
        Bytes moved(offset);
        append(moved, bytes);
        const auto information = BootInformation::parse(std::span{moved}.subspan(offset));
        ASSERT_TRUE(information.has_value());
        EXPECT_EQ(regions_of(*information), regions_of(*BootInformation::parse(bytes)));
    }
}

// ---- its strings ---------------------------------------------------------------------------

TEST(BootInformation, GivesCommandLineAndLoaderNameWithoutTheirNul) {
    const Bytes bytes = BootBlob{}
                            .tag(boot_loader_name, terminated("A loader"))
                            .tag(command_line, terminated("root=/dev/null"))
                            .bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->command_line(), "root=/dev/null");
    EXPECT_EQ(information->boot_loader_name(), "A loader");
}

TEST(BootInformation, EndsAStringAtItsFirstNul) {
    const Bytes bytes = BootBlob{}.tag(command_line, terminated({"ab\0cd", 5})).bytes();
    EXPECT_EQ(BootInformation::parse(bytes)->command_line(), "ab");
}

TEST(BootInformation, RefusesAStringWithoutANulOfItsOwn) {
    for (const BootTagType type : {command_line, boot_loader_name}) {
        for (std::size_t length = 0; length <= 16; ++length) {
            const Bytes characters = text(std::string(length, 'x'));
            // The padding is full of NULs; so is the high part of the next tag's type.
            EXPECT_EQ(error_of(BootBlob{}.tag(type, characters)), unterminated_string) << length;
        }
    }
}

// ---- its memory map ------------------------------------------------------------------------

TEST(BootInformation, GivesEachRegionOfTheMemoryMapInItsOrder) {
    const Bytes bytes =
        BootBlob{}
            .tag(memory_map, memory_map_content({{0x10'0000, 0x7EE'0000, 1},
                                                 {0, 0x9'FC00, 1},
                                                 {0xFD'0000'0000, 0x3'0000'0000, 2},
                                                 {5, 0, 1},
                                                 {0xFFFF'FFFF'FFFF'F000, 0xFFF, 1}}))
            .bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(regions_of(*information),
              (std::vector<MemoryRegion>{{0x10'0000, 0x7EE'0000, MemoryType::available},
                                         {0, 0x9'FC00, MemoryType::available},
                                         {0xFD'0000'0000, 0x3'0000'0000, MemoryType::reserved},
                                         {5, 0, MemoryType::available},
                                         {0xFFFF'FFFF'FFFF'F000, 0xFFF, MemoryType::available}}));
    EXPECT_EQ(information->memory_map().size(), 5u);
    EXPECT_FALSE(information->memory_map().empty());
}

TEST(BootInformation, TakesEveryTypeOfMemoryThatIsNotExplainedForReserved) {
    const std::vector<std::pair<std::uint32_t, MemoryType>> types{
        {0, MemoryType::reserved},
        {1, MemoryType::available},
        {2, MemoryType::reserved},
        {3, MemoryType::acpi_reclaimable},
        {4, MemoryType::preserved_on_hibernation},
        {5, MemoryType::defective},
        {6, MemoryType::reserved},
        {12, MemoryType::reserved},
        {0x101, MemoryType::reserved},
        {0xFFFF'FFFF, MemoryType::reserved}};
    for (const auto& [number, type] : types) {
        const Bytes bytes =
            BootBlob{}.tag(memory_map, memory_map_content({{0, 4096, number}})).bytes();
        EXPECT_EQ(regions_of(*BootInformation::parse(bytes)).at(0).type, type) << number;
    }
}

TEST(BootInformation, StepsOverWhatLaterVersionsAddToTheMapsEntries) {
    for (const std::uint32_t entry_size : {24u, 32u, 40u, 4096u}) {
        const Bytes bytes =
            BootBlob{}
                .tag(memory_map, memory_map_content({{1, 2, 1}, {3, 4, 5}}, entry_size))
                .bytes();
        const auto information = BootInformation::parse(bytes);
        ASSERT_TRUE(information.has_value()) << entry_size;
        EXPECT_EQ(information->memory_map().size(), 2u) << entry_size;
        EXPECT_EQ(regions_of(*information),
                  (std::vector<MemoryRegion>{{1, 2, MemoryType::available},
                                             {3, 4, MemoryType::defective}}));
    }
}

TEST(BootInformation, RefusesAMapWhoseEntriesHaveAnImpossibleSize) {
    for (std::uint32_t entry_size = 0; entry_size <= 48; ++entry_size) {
        Bytes content = memory_map_content({});
        std::memcpy(content.data(), &entry_size, sizeof(entry_size));
        const bool possible =
            entry_size == 24 || entry_size == 32 || entry_size == 40 || entry_size == 48;
        const auto expected = possible ? std::nullopt : std::optional{memory_map_entry_size};
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, content)), expected) << entry_size;
        content.resize(8 + 24 * 25 * 32); // room for a whole number of all of them
        if (!possible) {
            EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, content)), expected) << entry_size;
        }
    }
}

TEST(BootInformation, RefusesAMapThatEndsWithinAnEntry) {
    const Bytes whole = memory_map_content({{0, 1, 1}, {2, 3, 1}});
    for (std::size_t size = 8; size < whole.size(); ++size) {
        const auto expected = (size - 8) % 24 == 0 ? std::nullopt : std::optional{memory_map_size};
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, first_bytes(whole, size))), expected) << size;
    }
    Bytes huge = whole;
    constexpr std::uint32_t entry_size = 0xFFFF'FFF8;
    std::memcpy(huge.data(), &entry_size, sizeof(entry_size));
    EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, huge)), memory_map_size);
}

TEST(BootInformation, RefusesAMapThatIsTooShortForItsOwnHeader) {
    for (std::size_t size = 0; size < 8; ++size) {
        const Bytes content = first_bytes(memory_map_content({}), size);
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, content)), tag_too_short) << size;
    }
}

TEST(BootInformation, RefusesARegionWhoseEndDoesNotFitIntoAnAddress) {
    for (const MapEntry wrong : {MapEntry{0xFFFF'FFFF'FFFF'F000, 0x1001, 2}, MapEntry{2, ~0ULL, 1},
                                 MapEntry{~0ULL, ~0ULL, 1}}) {
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, memory_map_content({{0, 1, 1}, wrong}))),
                  memory_region_wraps);
    }
    for (const MapEntry right : {MapEntry{0xFFFF'FFFF'FFFF'F000, 0x1000, 2}, MapEntry{1, ~0ULL, 1},
                                 MapEntry{~0ULL, 0, 1}}) {
        EXPECT_EQ(error_of(BootBlob{}.tag(memory_map, memory_map_content({right}))), std::nullopt);
    }
}

// ---- its modules ---------------------------------------------------------------------------

TEST(BootInformation, GivesEveryModuleInItsOrder) {
    const Bytes bytes =
        BootBlob{}
            .tag(module, module_content(0x20'0000, 0x20'0005, terminated("first")))
            .tag(boot_loader_name, terminated("loader"))
            .tag(module, module_content(0x10'0000, 0x10'0000, terminated("")))
            .tag(module, module_content(0xFFFF'0000, 0xFFFF'FFFF, terminated("the third")))
            .tag(BootTagType{99}, Bytes(3))
            .bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    const std::vector<Module> modules = modules_of(*information);
    ASSERT_EQ(modules.size(), 3u);
    EXPECT_EQ(modules[0].start, 0x20'0000u);
    EXPECT_EQ(modules[0].end, 0x20'0005u);
    EXPECT_EQ(modules[0].command_line, "first");
    EXPECT_EQ(modules[1].start, modules[1].end);
    EXPECT_EQ(modules[1].command_line, "");
    EXPECT_EQ(modules[2].end, 0xFFFF'FFFFu);
    EXPECT_EQ(modules[2].command_line, "the third");
}

TEST(BootInformation, RefusesAModuleThatEndsBeforeItStarts) {
    EXPECT_EQ(error_of(BootBlob{}.tag(module, module_content(4097, 4096, terminated("m")))),
              module_reversed);
}

TEST(BootInformation, RefusesAModuleThatIsTooShortForItsAddresses) {
    for (std::size_t size = 0; size < 8; ++size) {
        const Bytes content = first_bytes(module_content(0, 0, {}), size);
        EXPECT_EQ(error_of(BootBlob{}.tag(module, content)), tag_too_short) << size;
    }
}

TEST(BootInformation, RefusesAModuleWhoseStringHasNoEnd) {
    EXPECT_EQ(error_of(BootBlob{}.tag(module, module_content(0, 0, {}))), unterminated_string);
    EXPECT_EQ(error_of(BootBlob{}.tag(module, module_content(0, 0, text("abc")))),
              unterminated_string);
}

TEST(BootInformation, LetsItsRangesBeWalkedMoreThanOnce) {
    const Bytes bytes = BootBlob{}
                            .tag(memory_map, memory_map_content({{1, 2, 1}, {3, 4, 1}}))
                            .tag(module, module_content(1, 2, terminated("a")))
                            .tag(module, module_content(3, 4, terminated("b")))
                            .bytes();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    const MemoryMap map = information->memory_map();
    auto region = map.begin();
    EXPECT_EQ((*region++).start, 1u);
    EXPECT_EQ((*region++).start, 3u);
    EXPECT_EQ(region, map.end());
    EXPECT_EQ((*map.begin()).start, 1u);
    const Modules modules = information->modules();
    auto one = modules.begin();
    EXPECT_EQ((*one++).command_line, "a");
    EXPECT_EQ((*one++).command_line, "b");
    EXPECT_EQ(one, modules.end());
    EXPECT_EQ((*modules.begin()).command_line, "a");
}

// ---- what GRUB really hands over -----------------------------------------------------------

TEST(RecordedBootInformation, IsReadAsGrubMeantIt) {
    const Bytes bytes = recorded();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    EXPECT_EQ(information->size(), 1576u);
    EXPECT_EQ(information->boot_loader_name(), "GRUB 2.06-13+deb12u2");
    EXPECT_EQ(information->command_line(), "");
    EXPECT_EQ(modules_of(*information).size(), 0u);
}

TEST(RecordedBootInformation, HasTheMemoryMapOfAMachineWith128Mebibytes) {
    const Bytes bytes = recorded();
    const auto information = BootInformation::parse(bytes);
    ASSERT_TRUE(information.has_value());
    using enum MemoryType;
    const std::vector<MemoryRegion> expected{
        {0, 0x9'FC00, available},                   // up to the BIOS's data at 639 KiB
        {0x9'FC00, 0x400, reserved},                // that data
        {0xF'0000, 0x1'0000, reserved},             // the BIOS
        {0x10'0000, 0x7EE'0000, available},         // from 1 MiB to 128 KiB below 128 MiB
        {0x7FE'0000, 0x2'0000, reserved},           // the ACPI tables
        {0xFFFC'0000, 0x4'0000, reserved},          // the BIOS again, below 4 GiB
        {0xFD'0000'0000, 0x3'0000'0000, reserved}}; // below 1 TiB
    EXPECT_EQ(regions_of(*information), expected);
    EXPECT_EQ(information->memory_map().size(), expected.size());
}

TEST(RecordedBootInformation, IsRefusedWhenAnythingOfItIsMissing) {
    const Bytes bytes = recorded();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_EQ(error_of(first_bytes(bytes, size)), out_of_reach) << size;
    }
}

// Where a tag begins: only there may another end tag stand.
std::set<std::size_t> tag_boundaries(const Bytes& bytes) {
    std::set<std::size_t> boundaries;
    for (std::size_t place = 8; place < bytes.size();) {
        boundaries.insert(place);
        std::uint32_t size = 0;
        std::memcpy(&size, &bytes[place + 4], sizeof(size));
        place += (size + 7) / 8 * 8;
    }
    return boundaries;
}

TEST(RecordedBootInformation, CutShortAndEndedAgainIsOnlyReadIfNoTagIsCutThrough) {
    const Bytes bytes = recorded();
    const std::set<std::size_t> boundaries = tag_boundaries(bytes);
    EXPECT_EQ(boundaries.size(), 11u);
    for (std::size_t size = 8; size < bytes.size(); ++size) {
        Bytes cut;
        cut.reserve(size + 8);
        append(cut, std::span{bytes}.first(size));
        append_value(cut, BootTagHeader{end, 8});
        set_total_size(cut, static_cast<std::uint32_t>(size + 8));
        const auto information = BootInformation::parse(cut);
        ASSERT_EQ(information.has_value(), boundaries.contains(size)) << size;
        if (information) {
            read_everything(*information);
        } else if (size % 8 != 0) {
            ASSERT_EQ(information.error(), no_end_tag) << size;
        } else {
            ASSERT_EQ(information.error(), tag_too_long) << size;
        }
    }
}

TEST(RecordedBootInformation, WithAnyWrongByteIsEitherRefusedOrStillSafeToRead) {
    Bytes bytes = recorded();
    const std::size_t things = read_everything(*BootInformation::parse(bytes));
    std::size_t accepted = 0;
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        const std::byte right = bytes[place];
        // Every wrong value, but of the ELF sections, which nobody reads, only one.
        const bool is_skipped = place >= 0x128 && place < 0x5B4;
        for (int wrong = is_skipped ? 0xFF : 1; wrong <= 0xFF; ++wrong) {
            bytes[place] = right ^ static_cast<std::byte>(wrong);
            if (const auto information = BootInformation::parse(bytes)) {
                ASSERT_LE(read_everything(*information), things + bytes.size());
                ++accepted;
            }
        }
        bytes[place] = right;
    }
    EXPECT_GT(accepted, 0u);
}

} // namespace
