// A machine check, by which the CPU reports broken hardware, is named like any other exception.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bench;

TEST(MachineCheck, IsNamed) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for("It did not crash!\n")) << machine.log_tail();
    // CPU 0, bank 1, then the bank's and the global status, an address and more about it: an
    // uncorrected error.
    machine.monitor().human_monitor("mce 0 1 0xbe00000000000134 0x4 0xdeadb000 0x8c");
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("\nKERNEL PANIC: EXCEPTION: MACHINE CHECK "
                                    "(vector 18 has no handler)\n"),
              std::string::npos)
        << machine.log_tail();
}

TEST(MachineCheck, IsNotEnabledOnACpuWithoutIt) {
    Machine machine{Boot::iso(post_image("kernel")), {.cpu = "qemu64,-mce,-mca"}};
    EXPECT_TRUE(machine.wait_for("It did not crash!\n")) << machine.log_tail();
}

} // namespace
