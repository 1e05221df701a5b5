// Ring 4: the keyboard and the timer, watched by kernels of their own.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using namespace bench;

// Shift is released while the kernel does not read. 80 taps are 160 events, the queue holds 128.
TEST(Keyboard, HoldsNoKeyWhoseReleaseWasLost) {
    Machine machine{Boot::iso(post_image("tests/kernel/expected_failures/unread_keys"))};
    ASSERT_TRUE(machine.wait_for("The keys are not read\n")) << machine.log_tail();
    machine.hold("shift");
    machine.type(std::string(80, 'a'));
    ASSERT_TRUE(machine.wait_for("30 events are lost\n")) << machine.log_tail();
    machine.release("shift");
    machine.type(std::string(20, 'x'));
    ASSERT_TRUE(machine.wait_for("50 events are lost\n")) << machine.log_tail();
    ASSERT_TRUE(machine.wait_for(std::string(63, 'A'))) << machine.log_tail();
    machine.type("bcd");
    EXPECT_TRUE(machine.wait_for("bcd")) << machine.log_tail();
}

// 200 ticks take two seconds of the machine's own time: the kernel itself checks that.
TEST(Timer, KeepsItsRate) {
    Machine machine{Boot::iso(post_image("tests/bench/interrupts")), {.icount = true}};
    EXPECT_EQ(machine.wait_for_end(std::chrono::seconds{30}), End::passed);
}

// An instruction takes 2 ns on this machine, even one that reads a port.
TEST(Timer, IsFoundEvenIfManyReadsFitIntoATick) {
    const Boot boot = Boot::iso(post_image("tests/kernel/expected_failures/no_timer"));
    Machine machine{boot, {.arguments = {"-icount", "shift=1,sleep=off"}}};
    EXPECT_EQ(machine.wait_for_end(), End::passed) << machine.log_tail();
}

} // namespace
