// Ring 4: the kernel of this post, booted as a reader would.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

constexpr std::string_view last_line = "Type something:\n> ";

// Register contents differ between machines, and so may the last digits of the time; that they are
// printed does not.
std::string without_numbers(const std::string& text) {
    const auto without_time = with_matches_replaced(text, " 1[.]0[0-9]{2} s", " 1 s");
    return with_matches_replaced(without_time, "0x[0-9a-f]+", "0x#");
}

TEST(Kernel, PrintsAllItsLinesInOrder) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    EXPECT_EQ(without_numbers(machine.serial()),
              "Hello from a kernel written in C++!\n"
              "The timer ticks 99.998 times a second: .......... 1 s\n"
              "It did not crash!\n"
              "Type something:\n"
              "> ");
}

TEST(Kernel, ShowsTheSameTextOnTheScreenAndOnTheSerialLine) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    ASSERT_TRUE(machine.wait_until_idle()) << machine.log_tail();
    EXPECT_EQ(machine.screen().text() + " ", machine.serial()); // rows end without spaces
}

TEST(Kernel, HaltsWhenItHasNothingToDo) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    EXPECT_TRUE(machine.wait_until_idle()) << machine.log_tail();
}

TEST(Kernel, PrintsTheSameInBochs) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    Bochs bochs{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(bochs.wait_for(last_line)) << bochs.log_tail();
    EXPECT_EQ(without_numbers(bochs.serial()), without_numbers(machine.serial()));
}

TEST(Kernel, BootsWith16MiBOfMemory) {
    Machine machine{Boot::iso(post_image("kernel")), {.memory = "16M"}};
    EXPECT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
}

// On a PC without a timer, and on one without an interrupt controller for it.
TEST(Kernel, ReportsAMissingTimerAndGoesOn) {
    for (const std::string type : {"pc,pit=off", "pc,pic=off"}) {
        Machine machine{Boot::iso(post_image("kernel")), {.type = type}};
        EXPECT_TRUE(machine.wait_for("No tick comes: this PC has no timer, or no interrupt "
                                     "controller for it\n"))
            << type << machine.log_tail();
        EXPECT_TRUE(machine.wait_for(last_line)) << type << machine.log_tail();
    }
}

TEST(Kernel, ReadsItsKeyboardWithoutATimer) {
    Machine machine{Boot::iso(post_image("kernel")), {.type = "pc,pit=off"}};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    machine.type("hello\n");
    EXPECT_TRUE(machine.wait_for("hello\n")) << machine.log_tail();
}

TEST(Kernel, BootsOnTheNewerMachineType) {
    Machine machine{Boot::iso(post_image("kernel")), {.type = "q35"}};
    EXPECT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
}

} // namespace
