// Ring 4: the keyboard, typed on as a person would.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

constexpr std::string_view prompt = "Type \"help\" for a list of commands.\n> ";

TEST(Keyboard, EchoesWhatIsTypedOnScreenAndSerialLine) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(prompt)) << machine.log_tail();
    machine.type("Hello, Worlx\bd! 123");
    ASSERT_TRUE(machine.wait_for("! 123")) << machine.log_tail();
    EXPECT_TRUE(machine.serial().ends_with("> Hello, Worlx\b \bd! 123")) << machine.serial();
    EXPECT_TRUE(machine.screen().text().ends_with("\n> Hello, World! 123"))
        << machine.screen().text();
}

TEST(Keyboard, BeginsANewLineOnEnter) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(prompt)) << machine.log_tail();
    machine.type("echo\necho one\n\n");
    EXPECT_TRUE(machine.wait_for("echo\n\n> echo one\none\n> \n> ")) << machine.log_tail();
    EXPECT_TRUE(machine.screen().text().ends_with("\n> echo\n\n> echo one\none\n>\n>"))
        << machine.screen().text();
}

TEST(Keyboard, ErasesNothingBeyondTheLinesBeginning) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(prompt)) << machine.log_tail();
    machine.type("a\b\b\b\bb\n");
    EXPECT_TRUE(machine.wait_for("a\b \bb\n")) << machine.log_tail();
}

TEST(Keyboard, KnowsEveryCharacterOfAUsKeyboard) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(prompt)) << machine.log_tail();
    std::string all;
    for (char character = ' '; character <= '~'; ++character) {
        all += character;
    }
    machine.type(all);
    EXPECT_TRUE(machine.wait_for(all)) << machine.log_tail();
}

TEST(Keyboard, LosesNothingOfAThousandKeysInAFlood) {
    Machine machine{Boot::iso(post_image("kernel")), {.key_pause = milliseconds{0}}};
    ASSERT_TRUE(machine.wait_for(prompt)) << machine.log_tail();
    std::string line;
    for (int i = 0; i < 99; ++i) {
        line += static_cast<char>('a' + i % 26);
    }
    for (int i = 0; i < 10; ++i) {
        machine.type("echo " + line + "\n");
        EXPECT_TRUE(machine.wait_for(line + "\n" + line + "\n> ")) << machine.log_tail();
    }
}

TEST(Keyboard, IsNotNeeded) {
    Machine machine{Boot::iso(post_image("kernel")), {.type = "pc,i8042=off"}};
    ASSERT_TRUE(machine.wait_for("There is no keyboard: its controller does not respond.\n"))
        << machine.log_tail();
    ASSERT_TRUE(machine.wait_for("It did not crash!\n")) << machine.log_tail();
    ASSERT_TRUE(machine.wait_for("Without a keyboard nothing can be typed: the kernel rests.\n"))
        << machine.log_tail();
    EXPECT_TRUE(machine.wait_until_idle()) << machine.log_tail();
    EXPECT_TRUE(machine.screen().text().contains("can be typed: the kernel rests."))
        << machine.screen().text();
}

} // namespace
