// What the shell's commands print, without a machine below them.

#include "shell/block_picture.hpp"
#include "shell/gate_printer.hpp"
#include "shell/hexadecimal.hpp"
#include "shell/page_walk_printer.hpp"

#include "fake_memory.hpp"
#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace {

using namespace kernel;

TEST(ShellHexadecimal, ReadsANumberWithAndWithout0x) {
    EXPECT_EQ(parse_hexadecimal("0"), 0u);
    EXPECT_EQ(parse_hexadecimal("0xb8000"), 0xB8000u);
    EXPECT_EQ(parse_hexadecimal("B8000"), 0xB8000u);
    EXPECT_EQ(parse_hexadecimal("0XFFFFffffFFFFffff"), 0xFFFF'FFFF'FFFF'FFFFu);
    EXPECT_EQ(parse_hexadecimal("00000000000000000001"), 1u);
}

TEST(ShellHexadecimal, ReadsNothingElse) {
    for (const char* text : {"", "0x", "x", "-1", "+1", "0x-1", "0x0x1", "12 34", " 1", "1 ", "g",
                             "1g", "10000000000000000g", "1000000000000000000 0"}) {
        EXPECT_EQ(parse_hexadecimal(text), std::unexpected{HexadecimalError::not_a_number}) << text;
    }
}

TEST(ShellHexadecimal, KnowsNumbersThatAreTooLargeFromWhatIsNone) {
    for (const char* text : {"10000000000000000", "0x12345678123456789", "0XFFFFFFFFFFFFFFFF0",
                             "0x1000000000000000000000000000000000"}) {
        EXPECT_EQ(parse_hexadecimal(text), std::unexpected{HexadecimalError::too_large}) << text;
    }
}

class ShellPageWalk : public testing::Test {
protected:
    std::string walk(std::uint64_t address) const {
        StringSink sink;
        print_page_walk(sink, memory, root, VirtualAddress::checked(address).value());
        return sink.text;
    }

    FakeMemory memory{};
    Frame<> root = memory.add_table_at(0x5000);
};

TEST_F(ShellPageWalk, PrintsEveryLevelDownToASmallPage) {
    memory.entry_for(root, 0xFFFF'8000'0020'3000) =
        PageTableEntry::to_frame(Frame<>::containing(PhysicalAddress::truncated(0x7000)),
                                 EntryFlag::present | EntryFlag::writable | EntryFlag::no_execute);
    EXPECT_EQ(walk(0xFFFF'8000'0020'3ABC), "level 4, entry 256, RWX U: table at 0x100000\n"
                                           "level 3, entry   0, RWX U: table at 0x101000\n"
                                           "level 2, entry   1, RWX U: table at 0x102000\n"
                                           "level 1, entry   3, RW-: 4 KiB page at 0x7000\n"
                                           "physical address 0x7abc, RW-\n");
}

TEST_F(ShellPageWalk, EndsEarlierAtALargePage) {
    memory.entry_for(root, 0x4000'0000, Level::level_3) = PageTableEntry::to_frame(
        Frame<PageSize::gib1>::containing(PhysicalAddress::truncated(0x8000'0000)),
        EntryFlag::present);
    EXPECT_EQ(walk(0x4012'3456), "level 4, entry   0, RWX U: table at 0x100000\n"
                                 "level 3, entry   1, R-X: 1 GiB page at 0x80000000\n"
                                 "physical address 0x80123456, R-X\n");
}

TEST_F(ShellPageWalk, SaysAtWhichLevelNothingIsMapped) {
    EXPECT_EQ(walk(0x1000), "level 4, entry   0: not present, nothing is mapped at 0x1000\n");
    memory.entry_for(root, 0x0020'0000) = PageTableEntry{};
    EXPECT_EQ(walk(0x0), "level 4, entry   0, RWX U: table at 0x100000\n"
                         "level 3, entry   0, RWX U: table at 0x101000\n"
                         "level 2, entry   0: not present, nothing is mapped at 0x0\n");
    EXPECT_TRUE(walk(0x0020'0000)
                    .ends_with("level 1, entry   0: not present, nothing is mapped "
                               "at 0x200000\n"));
}

// Blocks of a memory that is not there: the picture reads none of it.
struct PicturedMemory {
    static constexpr std::uint64_t start = 0x10000;

    static std::span<const std::byte> block(std::size_t first, std::size_t size) {
        return {reinterpret_cast<const std::byte*>(start + first), size};
    }
    PicturedMemory& free(std::size_t first, std::size_t size) {
        picture.add_free(block(first, size));
        return *this;
    }
    PicturedMemory& ready(std::size_t first, std::size_t size) {
        picture.add_ready(block(first, size));
        return *this;
    }
    std::string text() const {
        StringSink sink;
        picture.print(sink);
        return sink.text;
    }

    BlockPicture picture;
};

PicturedMemory memory_of(std::size_t size) {
    return {BlockPicture{PicturedMemory::start, size}};
}

TEST(ShellBlockPicture, ShowsMemoryAsInUseUntilItHearsOfFreeBlocks) {
    EXPECT_EQ(memory_of(64).text(), "0x10000 ####\n");
    EXPECT_EQ(memory_of(64).free(0, 64).text(), "0x10000 ....\n");
    EXPECT_EQ(memory_of(64).ready(16, 32).free(48, 16).text(), "0x10000 #++.\n");
}

TEST(ShellBlockPicture, BeginsARowEvery64Characters) {
    const std::string row(64, '#');
    EXPECT_EQ(memory_of(16 * 64).text(), "0x10000 " + row + "\n");
    EXPECT_EQ(memory_of(16 * 65).text(), "0x10000 " + row + "\n0x10400 #\n");
}

TEST(ShellBlockPicture, GivesEachCharacterAsManyBytesAsItTakesToFitOnTheScreen) {
    EXPECT_EQ(memory_of(16).picture.bytes_per_character(), 16u);
    EXPECT_EQ(memory_of(16 << 10).picture.bytes_per_character(), 16u);
    EXPECT_EQ(memory_of((16 << 10) + 16).picture.bytes_per_character(), 32u);
    EXPECT_EQ(memory_of(100 << 10).picture.bytes_per_character(), 128u);
    EXPECT_EQ(memory_of(64 << 20).picture.bytes_per_character(), 64u << 10);
    for (const std::size_t size : {4096u, 20000u * 16, 102400u, 64u << 20}) {
        const std::string text = memory_of(size).text();
        EXPECT_LE(std::ranges::count(text, '\n'), 16) << size;
    }
}

TEST(ShellBlockPicture, CallsAPieceFreeOnlyIfAllOfItIsAndReadyIfAnyOfItIs) {
    // 32 bytes for each character
    const auto picture = [] { return memory_of(32 << 10); };
    const auto beginning = [](const PicturedMemory& memory) { return memory.text().substr(8, 4); };
    EXPECT_EQ(beginning(picture().free(0, 16)), "####");
    EXPECT_EQ(beginning(picture().ready(0, 16)), "+###");
    EXPECT_EQ(beginning(picture().free(0, 16).ready(16, 16)), "+###");
    EXPECT_EQ(beginning(picture().free(16, 64)), "#.##");
    EXPECT_EQ(beginning(picture().free(16, 80)), "#..#");
}

TEST(ShellBlockPicture, KnowsWhenItsLastPieceIsNotAWholeOne) {
    const std::size_t size = (32 << 10) - 16;
    EXPECT_TRUE(memory_of(size).free(0, size).text().ends_with("..\n"));
    EXPECT_TRUE(memory_of(size).free(0, size - 16).text().ends_with(".#\n"));
}

TEST(ShellBlockPicture, LeavesOutWhatLiesBehindIt) {
    const std::size_t size = 16 << 10; // as many pieces as there can be
    const std::string text = memory_of(size).free(size - 16, 4096).ready(size + 8192, 16).text();
    EXPECT_TRUE(text.ends_with("##.\n")) << text;
}

constexpr SegmentSelector code{0x08};

class ShellGates : public testing::Test {
protected:
    void expect(Vector vector, InterruptStack stack = InterruptStack::none) {
        set(static_cast<std::size_t>(vector), stack);
        expected_.insert(vector);
    }
    void set(std::size_t vector, InterruptStack stack = InterruptStack::none) {
        gates_.at(vector) = Gate::interrupt(code, 0x104000 + vector * 16, stack);
    }
    // Without the heading.
    std::string text() const {
        StringSink sink;
        print_gates(sink, std::span{gates_},
                    [this](Vector vector) { return !expected_.contains(vector); });
        return sink.text.substr(sink.text.find('\n') + 1);
    }

private:
    std::array<Gate, vector_count> gates_{};
    std::set<Vector> expected_{};
};

TEST_F(ShellGates, PrintNothingForATableWithNonePresent) {
    EXPECT_EQ(text(), "");
}

TEST_F(ShellGates, PrintWhatEachLeadsTo) {
    expect(Vector::breakpoint);
    expect(Vector::double_fault, InterruptStack::double_fault);
    expect(vector_of(Irq::keyboard));
    EXPECT_EQ(text(), "         3        0x104030  -      BREAKPOINT\n"
                      "         8        0x104080  IST 1  DOUBLE FAULT\n"
                      "        33        0x104210  -      IRQ 1\n");
}

TEST_F(ShellGates, MergeNeighboursThatAreUnexpected) {
    for (std::size_t vector = 0; vector < vector_count; ++vector) {
        set(vector);
    }
    EXPECT_EQ(text(), "  0 to 255        0x104000  -      unexpected\n");
    expect(Vector::page_fault);
    EXPECT_EQ(text(), "  0 to  13        0x104000  -      unexpected\n"
                      "        14        0x1040e0  -      PAGE FAULT\n"
                      " 15 to 255        0x1040f0  -      unexpected\n");
}

TEST_F(ShellGates, DoNotMergeAcrossAGapNorAcrossStacks) {
    for (const std::size_t vector : {1UL, 2UL, 4UL, 5UL}) {
        set(vector);
    }
    set(5, InterruptStack::double_fault);
    EXPECT_EQ(text(), "  1 to   2        0x104010  -      unexpected\n"
                      "         4        0x104040  -      unexpected\n"
                      "         5        0x104050  IST 1  unexpected\n");
}

TEST_F(ShellGates, DoNotMergeNeighboursThatAreExpected) {
    expect(vector_of(Irq::timer));
    expect(vector_of(Irq::keyboard));
    EXPECT_EQ(text(), "        32        0x104200  -      IRQ 0\n"
                      "        33        0x104210  -      IRQ 1\n");
}

} // namespace
