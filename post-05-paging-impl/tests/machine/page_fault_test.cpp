// Page faults are named with their causes, as a reader sees them.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

Boot failing(const std::string& name) {
    return Boot::iso(post_image("tests/kernel/expected_failures/" + name));
}

TEST(PageFault, NamesAWriteToAReadOnlyPage) {
    Machine machine{failing("write_to_code")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().find("PANIC: EXCEPTION: PAGE FAULT at 0x000000000010") !=
                std::string::npos)
        << machine.serial();
    EXPECT_TRUE(machine.serial().find("\n  the page is read-only\n"
                                      "  (write, kernel mode, page present)\n") !=
                std::string::npos)
        << machine.serial();
}

TEST(PageFault, NamesACallThroughANullPointer) {
    Machine machine{failing("null_pointer_call")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_EQ(machine.serial().find("Calling a null pointer ...\n\n"
                                    "KERNEL PANIC: EXCEPTION: PAGE FAULT at 0x0000000000000000\n"
                                    "  a null pointer was used: page 0 is never mapped\n"
                                    "  (instruction fetch, kernel mode, page not present)\n"
                                    "  rip 0x0000000000000000 "),
              0U)
        << machine.serial();
}

TEST(PageFault, NamesTheGuardPageBelowAStack) {
    for (const char* name : {"guard_page", "double_fault_guard_page"}) {
        Machine machine{failing(name)};
        EXPECT_EQ(machine.wait_for_end(), End::panicked);
        EXPECT_NE(machine.serial().find(
                      "\n  a stack's guard page was touched, by an access below the stack\n"
                      "  (read, kernel mode, page not present)\n"),
                  std::string::npos)
            << name << ":\n"
            << machine.serial();
    }
}

// The page fault's handler has no stack of its own, so the CPU cannot push its frame.
TEST(PageFault, OfAStackOverflowIsADoubleFault) {
    Machine machine{failing("stack_overflow"), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(
        machine.serial().find("EXCEPTION: DOUBLE FAULT\n  The kernel stack has overflowed") !=
        std::string::npos)
        << machine.serial();
    const std::string log = machine.interrupt_log();
    ASSERT_NE(log.find("v=08"), std::string::npos) << log;
    EXPECT_LT(log.find("v=0e"), log.find("v=08"));
}

TEST(PageFault, IsNotCausedByAnAddressThatIsNotCanonical) {
    Machine machine{failing("address_not_canonical")};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(machine.serial().find("EXCEPTION: GENERAL PROTECTION") != std::string::npos)
        << machine.serial();
}

// Checks every error code in a second emulator, except for the bit that QEMU leaves out.
TEST(PageFault, IsTheSameInBochs) {
    Bochs bochs{Boot::iso(post_image("tests/kernel/page_faults"))};
    EXPECT_TRUE(bochs.wait_for("9 tests, 0 failed")) << bochs.log_tail();
}

} // namespace
