// Ring 4: the kernel of this post, booted as a reader would.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

constexpr std::string_view last_line = "It did not crash!\n";

// Register contents differ between machines; that they are printed does not.
std::string without_numbers(const std::string& text) {
    return with_matches_replaced(text, "0x[0-9a-f]+", "0x#");
}

TEST(Kernel, PrintsAllItsLinesInOrder) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    EXPECT_EQ(without_numbers(machine.serial()), "Hello from a kernel written in C++!\n"
                                                 "Executing int3 ...\n"
                                                 "EXCEPTION: BREAKPOINT\n"
                                                 "  rip 0x#  cs 0x#  rflags 0x#\n"
                                                 "  rsp 0x#  ss 0x#  error  0x#\n"
                                                 "  rax 0x# rbx 0x# rcx 0x#\n"
                                                 "  rdx 0x# rsi 0x# rdi 0x#\n"
                                                 "  rbp 0x# r8  0x# r9  0x#\n"
                                                 "  r10 0x# r11 0x# r12 0x#\n"
                                                 "  r13 0x# r14 0x# r15 0x#\n"
                                                 "It did not crash!\n");
}

TEST(Kernel, ShowsTheSameTextOnTheScreenAndOnTheSerialLine) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
    ASSERT_TRUE(machine.wait_until_idle()) << machine.log_tail();
    EXPECT_EQ(machine.screen().text() + "\n", machine.serial());
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

TEST(Kernel, BootsOnTheNewerMachineType) {
    Machine machine{Boot::iso(post_image("kernel")), {.type = "q35"}};
    EXPECT_TRUE(machine.wait_for(last_line)) << machine.log_tail();
}

} // namespace
