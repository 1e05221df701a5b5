// INT with the vector of an exception that has an error code: the CPU pushes none, and the report
// must not show other registers in its place.

#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

class SoftwareInterrupt : public testing::TestWithParam<int> {};

TEST_P(SoftwareInterrupt, IsNotReportedAsTheExceptionOfItsVector) {
    const std::string vector = std::to_string(GetParam());
    Machine machine{
        Boot::iso(post_image("tests/kernel/expected_failures/software_vector_" + vector))};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    // The address is that of the instruction after the INT.
    const std::string report{
        "Executing int " + vector + " \\.\\.\\.\n\nKERNEL PANIC: SOFTWARE INTERRUPT " + vector +
        " at 0x00000000001[0-9a-f]{5}\n"
        "  This is not an exception: the CPU has not pushed an error code\\.\n"};
    EXPECT_TRUE(contains_match(machine.serial(), report)) << machine.serial();
}

INSTANTIATE_TEST_SUITE_P(Ring4, SoftwareInterrupt, testing::Values(8, 13, 14, 21));

TEST(ForeignFrame, IsNotTakenForAFrameOfTheCpu) {
    Machine machine{Boot::iso(post_image("tests/kernel/expected_failures/foreign_frame"))};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find(
                  "\nKERNEL PANIC: VECTOR 13, with a frame that the CPU did not push\n"
                  "  cs is not the kernel's code segment, 0x0008: do not trust these fields.\n"
                  "  rip 0x0000000000005678  cs 0x1234 "),
              std::string::npos)
        << machine.serial();
}

} // namespace
