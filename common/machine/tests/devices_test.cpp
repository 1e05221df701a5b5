// Idle CPUs, keys, screens and memory of real machines.
#include "boot_sector.hpp"
#include "machine/machine.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

TEST(Machine, DistinguishesAHaltedCpuFromABusyOne) {
    Machine halted{boot_sector("halts")};
    ASSERT_TRUE(halted.wait_for("ready"));
    EXPECT_TRUE(halted.wait_until_idle()) << halted.log_tail();

    Machine busy{boot_sector("hangs")};
    ASSERT_TRUE(busy.wait_for("circles"));
    EXPECT_FALSE(busy.wait_until_idle(300ms));
    EXPECT_FALSE(busy.idle());
}

TEST(Machine, TypesCapitalsDigitsAndPunctuation) {
    Machine machine{boot_sector("echoes_keys")};
    ASSERT_TRUE(machine.wait_for("type\n"));
    machine.type("Hello, World! 123");
    EXPECT_TRUE(machine.wait_for("Hello, World! 123")) << machine.log_tail();
}

TEST(Machine, TypesEveryPrintableCharacter) {
    std::string all;
    for (char character = ' '; character <= '~'; ++character) {
        all.push_back(character);
    }
    Machine machine{boot_sector("echoes_keys"), {.key_pause = 0ms}};
    ASSERT_TRUE(machine.wait_for("type\n"));
    machine.type(all);
    EXPECT_TRUE(machine.wait_for(all)) << machine.log_tail();
}

TEST(Machine, TypesNoFasterThanTheKernelReadsTheKeys) {
    Machine machine{boot_sector("reads_keys_slowly"), {.key_pause = 0ms}};
    ASSERT_TRUE(machine.wait_for("type\n"));
    machine.type("the quick brown fox");
    for (int key = 0; key < 19; ++key) {
        ASSERT_TRUE(machine.wait_for("down ")) << key << " keys came";
    }
}

TEST(Machine, PressesKeysNoFasterThanTheKernelReadsThem) {
    Machine machine{boot_sector("reads_keys_slowly"), {.key_pause = 0ms}};
    ASSERT_TRUE(machine.wait_for("type\n"));
    for (int key = 0; key < 12; ++key) { // two bytes each; the keyboard's buffer holds 16
        machine.press({"a"});
    }
    for (int key = 0; key < 12; ++key) {
        ASSERT_TRUE(machine.wait_for("down ")) << key << " keys came";
    }
}

TEST(Machine, PressesKeysTogether) {
    Machine machine{boot_sector("echoes_keys")};
    ASSERT_TRUE(machine.wait_for("type\n"));
    machine.press({"ctrl", "c"});
    EXPECT_TRUE(machine.wait_for("\x03")) << machine.log_tail();
}

TEST(Machine, StopsWaitingForAKernelThatReadsNoKeys) {
    Machine machine{boot_sector("halts_for_good")};
    ASSERT_TRUE(machine.wait_for("good night\n"));
    const milliseconds start = machine.given_time();
    machine.type("nobody reads this");
    machine.press({"a"});
    EXPECT_LT(machine.given_time() - start, 5s); // on any host: it is halted, so two looks are
                                                 // at most 100 ms of given time apart
}

TEST(Machine, NamesACharacterWithoutAKeyAndTypesNothing) {
    Machine machine{boot_sector("echoes_keys")};
    ASSERT_TRUE(machine.wait_for("type\n"));
    try {
        machine.type("abc\x01");
        FAIL() << "it was typed";
    } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string{error.what()}.find("0x01"), std::string::npos) << error.what();
    }
    machine.type("z");
    EXPECT_TRUE(machine.wait_for("z"));
    EXPECT_EQ(machine.serial(), "type\nz");
}

TEST(Machine, ReportsQemusMessageAboutAnUnknownKey) {
    Machine machine{boot_sector("hangs")};
    try {
        machine.press({"no-such-key"});
        FAIL() << "it was pressed";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string{error.what()}.find("no-such-key"), std::string::npos) << error.what();
    }
}

TEST(Machine, ReadsTheTextScreen) {
    Machine machine{boot_sector("writes_screen")};
    ASSERT_TRUE(machine.wait_for("written"));
    const ScreenText screen = machine.screen();
    EXPECT_EQ(screen.row(0), "A?");
    EXPECT_EQ(screen.character(0, 1), 0xFE);
    EXPECT_EQ(screen.attribute(0, 0), 0x1F);
    EXPECT_EQ(screen.attribute(0, 1), 0x0C);
    EXPECT_EQ(screen.row(1), "");
    EXPECT_EQ(screen.row(3), std::string(78, ' ') + "y");
    EXPECT_EQ(screen.row(24), std::string(79, ' ') + "Z");
    EXPECT_EQ(screen.rows().size(), 25U);
}

TEST(Machine, WaitsForATextOnTheScreen) {
    Machine machine{boot_sector("writes_screen")};
    EXPECT_TRUE(machine.wait_for_screen("A?"));
    EXPECT_FALSE(machine.wait_for_screen("B", 100ms));
}

TEST(Machine, TakesAPictureOfTheScreen) {
    TemporaryFolder folder;
    Machine machine{boot_sector("writes_screen")};
    ASSERT_TRUE(machine.wait_for("written"));
    machine.screenshot(folder.file("screen.png"));
    std::string start(4, '\0');
    std::ifstream{folder.file("screen.png"), std::ios::binary}.read(start.data(), 4);
    EXPECT_EQ(start, "\x89PNG");
}

TEST(Machine, ReadsPhysicalMemory) {
    Machine machine{boot_sector("hangs")};
    ASSERT_TRUE(machine.wait_for("circles"));
    const std::vector<std::byte> mark{std::byte{0x55}, std::byte{0xAA}};
    EXPECT_EQ(machine.physical_memory(0x7C00 + 510, 2), mark);
}

TEST(Machine, RepeatsARunExactlyIfTimeIsCountedInInstructions) {
    Machine first{boot_sector("measures_time"), {.icount = true}};
    Machine second{boot_sector("measures_time"), {.icount = true}};
    EXPECT_EQ(first.wait_for_end(), End::passed);
    EXPECT_EQ(second.wait_for_end(), End::passed);
    EXPECT_EQ(first.serial().size(), 8U);
    EXPECT_EQ(first.serial(), second.serial());
}

TEST(ScreenText, HasNoTextIfItIsBlank) {
    const std::vector<std::byte> blank(ScreenText::size);
    EXPECT_EQ(ScreenText{blank}.text(), "");
    EXPECT_THROW(ScreenText{blank}.row(25), std::out_of_range);
}

TEST(ScreenText, JoinsItsRowsUpToTheLastOneThatIsNotEmpty) {
    std::vector<std::byte> memory(ScreenText::size);
    memory[0] = std::byte{'a'};
    memory[2 * 160 + 2] = std::byte{'c'};
    EXPECT_EQ(ScreenText{memory}.text(), "a\n\n c");
}

} // namespace
} // namespace bench
