// Kernels that fail on purpose, each in its own way: the machine driver must notice.

#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using namespace bench;

Boot failing(const std::string& name) {
    return Boot::iso(post_image("tests/kernel/expected_failures/" + name));
}

// Neither #UD nor the fault that this causes nor the double fault has a gate: the CPU shuts down,
// and the board resets it.
TEST(ExpectedFailure, AnExceptionResetsTheMachineIfNoGateIsPresent) {
    Machine machine{failing("empty_table"), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::reset);
    EXPECT_EQ(machine.serial(), "Executing ud2 ...\n");
    const std::string log = machine.interrupt_log();
    const std::size_t invalid_opcode = log.find("v=06");
    const std::size_t double_fault = log.find("v=08", invalid_opcode);
    EXPECT_NE(invalid_opcode, std::string::npos) << machine.log_tail();
    EXPECT_NE(double_fault, std::string::npos) << machine.log_tail();
    EXPECT_NE(log.find("Triple fault", double_fault), std::string::npos) << machine.log_tail();
}

TEST(ExpectedFailure, AnExceptionThatTheKernelHasNoHandlerForIsNamed) {
    Machine machine{failing("unhandled_exception")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().starts_with("Executing ud2 ...\n\n"
                                             "KERNEL PANIC: EXCEPTION: INVALID OPCODE "
                                             "(vector 6 has no handler)\n"))
        << machine.serial();
}

TEST(ExpectedFailure, AnInterruptThatTheKernelHasNoHandlerForIsNamed) {
    Machine machine{failing("unexpected_interrupt")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(
        machine.serial().starts_with("\nKERNEL PANIC: INTERRUPT (vector 200 has no handler)\n"))
        << machine.serial();
}

TEST(ExpectedFailure, APageFaultIsNamedWithItsAddressAndItsCause) {
    Machine machine{failing("page_fault")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(
        machine.serial().starts_with("\nKERNEL PANIC: EXCEPTION: PAGE FAULT at 0x00000000deadbeef\n"
                                     "  nothing is mapped there\n"))
        << machine.serial();
}

TEST(ExpectedFailure, AnInterruptOnALineThatShouldBeMaskedIsNotSpurious) {
    Machine machine{failing("masked_interrupt")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().starts_with("\nKERNEL PANIC: IRQ 15 came though it is masked\n"))
        << machine.serial();
}

TEST(ExpectedFailure, WaitingForATickWithoutATimerIsNamed) {
    const Boot boot = failing("no_timer");
    EXPECT_EQ(Machine{boot}.wait_for_end(), End::passed); // there is one
    Machine machine{boot, {.type = "pc,pit=off"}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().starts_with("\nKERNEL PANIC: nothing ticks: there is no timer, "
                                             "or no interrupt controller for it\n"))
        << machine.serial();
}

TEST(ExpectedFailure, AFaultInTheMiddleOfPrintIsStillReported) {
    Machine machine{failing("fault_while_printing")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().starts_with("The value is \n"
                                             "KERNEL PANIC: EXCEPTION: INVALID OPCODE "))
        << machine.serial();
}

TEST(ExpectedFailure, AHandlerWithoutEndOfInterruptGetsOneTick) {
    Machine machine{failing("no_end_of_interrupt")};
    ASSERT_TRUE(machine.wait_for("tick\n")) << machine.log_tail();
    EXPECT_FALSE(machine.wait_for("tick\n", std::chrono::seconds{1})); // a hundred were due
    EXPECT_TRUE(machine.idle());
}

TEST(ExpectedFailure, APlainLockThatAHandlerUsesTooEndsInADeadlock) {
    Machine machine{failing("deadlock")};
    ASSERT_TRUE(machine.wait_for("-")) << machine.log_tail();
    EXPECT_EQ(machine.wait_for_end(std::chrono::seconds{1}), End::timed_out); // a hundred ticks
    const std::string said = machine.serial();
    EXPECT_EQ(machine.wait_for_end(milliseconds{500}), End::timed_out);
    EXPECT_EQ(machine.serial(), said) << "it still prints";
    EXPECT_FALSE(machine.idle()); // it waits for the lock, with the CPU busy
}

TEST(ExpectedFailure, APanickingKernelIsReportedWithItsMessageAndPlace) {
    Machine machine{failing("panic")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("All is well so far.\n\n"
                                    "KERNEL PANIC: the answer is 42, not 0x17\n"
                                    "  at tests/kernel/expected_failures/panic.cpp:10 in "),
              std::string::npos)
        << machine.serial();
    constexpr std::uint8_t white_on_red = 0x4F;
    EXPECT_EQ(machine.screen().attribute(2, 0), white_on_red);
}

TEST(ExpectedFailure, APanicInsideAPanicHalts) {
    Machine machine{failing("nested_panic")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_EQ(machine.serial(), "\nKERNEL PANIC: the value is \n"
                                "KERNEL PANIC: while reporting a panic\n");
    EXPECT_TRUE(machine.wait_until_idle());
}

TEST(ExpectedFailure, APanicThatCannotBeShownHalts) {
    Machine machine{failing("screen_not_mapped")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_EQ(machine.serial(), "\nKERNEL PANIC: while printing\n");
    EXPECT_TRUE(machine.wait_until_idle());
}

TEST(ExpectedFailure, ACheckOfTheStandardLibraryPanicsWithItsCondition) {
    Machine machine{failing("library_assertion")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(
        contains_match(machine.serial(),
                       "^Reading the 4th of 3 numbers [.]{3}\n\n"
                       "KERNEL PANIC: library assertion failed: __n < .*\n  in .*operator\\[\\]"))
        << machine.serial();
}

TEST(ExpectedFailure, AHangingKernelIsReportedAsTimedOutWithinSeconds) {
    Machine machine{failing("hang")};
    ASSERT_TRUE(machine.wait_for("Going round ...")) << machine.log_tail();
    const milliseconds start = machine.given_time();
    EXPECT_EQ(machine.wait_for_end(std::chrono::seconds{1}), End::timed_out);
    EXPECT_LT(machine.given_time() - start, std::chrono::seconds{30});
}

TEST(ExpectedFailure, AFailedTestInAKernelIsCountedAndNamedWithItsPlace) {
    Machine machine{failing("failing_tests")};
    EXPECT_EQ(machine.wait_for_end(), End::failed);
    EXPECT_EQ(with_matches_replaced(machine.serial(), "cpp:[0-9]+", "cpp:#"),
              "[ok] this one passes\n"
              "  got 0x1234, expected 0x4321\n"
              "  expectation failed at tests/kernel/expected_failures/failing_tests.cpp:#\n"
              "[failed] this one fails\n"
              "[ok] this one passes too\n"
              "3 tests, 1 failed\n");
}

} // namespace
