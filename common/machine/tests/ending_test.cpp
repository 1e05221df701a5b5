// Every way in which a run can end, each with a boot sector of its own.
#include "boot_sector.hpp"
#include "machine/machine.hpp"

#include <gtest/gtest.h>
#include <sstream>

namespace bench {
namespace {

using namespace std::chrono_literals;

std::string printed(const Ending& ending) {
    std::ostringstream text;
    text << ending;
    return text.str();
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Machine, ReportsTheDebugExitCodeOfSuccessAsPassed) {
    Machine machine{boot_sector("passes")};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
    EXPECT_EQ(machine.serial(), "first line\ntick\ntick\nnot at the start: KERNEL PANIC\n");
}

TEST(Machine, ReportsTheDebugExitCodeOfFailureAsFailedWithTheLog) {
    Machine machine{boot_sector("fails")};
    const Ending ending = machine.wait_for_end();
    EXPECT_EQ(ending, End::failed);
    EXPECT_TRUE(contains(printed(ending), "expected 1, got 2")) << ending;
}

// QEMU 7 ends within the instruction that writes to the port. In QEMU 10 and 11 the guest may run
// for another moment.
TEST(Machine, PrefersAnExitCodeToAResetAfterIt) {
    for (int i = 0; i < 5; ++i) {
        Machine machine{boot_sector("fails_and_resets")};
        EXPECT_EQ(machine.wait_for_end(), End::failed);
    }
}

TEST(Machine, ReportsAnyOtherExitCodeByItsNumber) {
    Machine machine{boot_sector("exits_otherwise")};
    const Ending ending = machine.wait_for_end();
    EXPECT_EQ(ending, End::other);
    EXPECT_TRUE(contains(printed(ending), "exit code 85")) << ending;
    EXPECT_TRUE(contains(machine.log_tail(), "has ended with exit code 85.")) << ending;
}

TEST(Machine, DoesNotTakeAPowerOffForSuccess) {
    Machine machine{boot_sector("loses_power")};
    const Ending ending = machine.wait_for_end();
    EXPECT_EQ(ending, End::other);
    EXPECT_TRUE(contains(printed(ending), "guest-shutdown")) << ending;
}

TEST(Machine, ReportsAHangWithTheLastLinesOfTheLog) {
    Machine machine{boot_sector("hangs")};
    ASSERT_TRUE(machine.wait_for("going round in circles\n"));
    const Ending ending = machine.wait_for_end(300ms);
    EXPECT_EQ(ending, End::timed_out);
    EXPECT_TRUE(contains(printed(ending), "going round in circles")) << ending;
}

TEST(Machine, ReportsACpuThatIsHaltedForGoodAsAHang) {
    Machine machine{boot_sector("halts_for_good")};
    ASSERT_TRUE(machine.wait_for("good night\n"));
    const milliseconds start = machine.given_time();
    EXPECT_EQ(machine.wait_for_end(300ms), End::timed_out);
    EXPECT_GE(machine.given_time() - start, 300ms);
    EXPECT_LT(machine.given_time() - start, 2s);
    EXPECT_TRUE(machine.idle());
}

TEST(Machine, ReportsATripleFaultAsAReset) {
    Machine machine{boot_sector("triple_faults")};
    EXPECT_EQ(machine.wait_for_end(), End::reset);
    EXPECT_EQ(machine.serial(), "last words\n");
}

TEST(Machine, DistinguishesATripleFaultFromAResetByTheInterruptLog) {
    Machine faulting{boot_sector("triple_faults"), {.interrupt_log = true}};
    const Ending fault = faulting.wait_for_end();
    EXPECT_EQ(fault, End::reset);
    EXPECT_TRUE(contains(faulting.interrupt_log(), "Triple fault")) << fault;
    EXPECT_TRUE(contains(printed(fault), "a triple fault reset the machine")) << fault;

    Machine resetting{boot_sector("resets"), {.interrupt_log = true}};
    const Ending reset = resetting.wait_for_end();
    EXPECT_EQ(reset, End::reset);
    EXPECT_TRUE(contains(printed(reset), "(a triple fault does that too)")) << reset;
}

TEST(Machine, SeesAPanicLongBeforeTheTimeoutAndReadsItsWholeMessage) {
    Machine machine{boot_sector("panics")};
    EXPECT_EQ(machine.wait_for_end(30s), End::panicked);
    EXPECT_LT(machine.given_time(), 15s);
    EXPECT_EQ(machine.serial(), "booting\nKERNEL PANIC: the sky fell\nend of the message\n");
}

TEST(Machine, PrefersAnExitCodeToThePanicBeforeIt) {
    Machine machine{boot_sector("panics_and_fails")};
    EXPECT_EQ(machine.wait_for_end(), End::failed);
}

TEST(Machine, StaysEndedIfItIsAskedAgain) {
    Machine machine{boot_sector("passes")};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
    EXPECT_EQ(machine.wait_for_end(0ms), End::passed);
    EXPECT_THROW(machine.idle(), std::runtime_error);
}

TEST(Machine, ReportsAnEndByTheMonitor) {
    Machine machine{boot_sector("hangs")};
    ASSERT_TRUE(machine.wait_for("going"));
    machine.monitor().human_monitor("quit");
    const Ending ending = machine.wait_for_end();
    EXPECT_EQ(ending, End::other);
    EXPECT_TRUE(contains(printed(ending), "host-qmp-quit")) << ending;
}

TEST(Machine, ReportsQemusMessageIfItDoesNotStart) {
    try {
        Machine machine{boot_sector("passes"), {.arguments = {"-no-such-option"}}};
        FAIL() << "QEMU started";
    } catch (const std::runtime_error& error) {
        EXPECT_TRUE(contains(error.what(), "-no-such-option: invalid option")) << error.what();
    }
}

TEST(Machine, SaysThatAnImageIsMissing) {
    EXPECT_THROW(Machine{Boot::iso("no-such-image.iso")}, std::runtime_error);
}

TEST(Machine, SaysThatTheProgramIsMissing) {
    try {
        Machine machine{boot_sector("passes"), {.program = "no-such-emulator"}};
        FAIL() << "it started";
    } catch (const std::runtime_error& error) {
        EXPECT_TRUE(contains(error.what(), "No such file")) << error.what();
    }
}

} // namespace
} // namespace bench
