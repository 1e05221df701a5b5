// Whatever the kernel finds when it is entered: a clear message, never a silent reset.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

// Boots the image until it panics, and checks that the serial line says why, and one of the
// screen's rows as much of it as fits.
void expect_panic(const std::string& image, const MachineOptions& options,
                  const std::string& message) {
    Machine machine{Boot::iso(post_image(image)), options};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("KERNEL PANIC: " + message), std::string::npos)
        << machine.serial();
    const std::string first_row = ("KERNEL PANIC: " + message).substr(0, ScreenText::columns);
    EXPECT_NE(machine.screen().text().find(first_row), std::string::npos)
        << machine.screen().text();
    EXPECT_TRUE(machine.wait_until_idle());
}

TEST(BadBoot, ByAnotherLoaderIsNamed) {
    expect_panic("tests/kernel/bad_boot/wrong_loader", {},
                 "not loaded by a multiboot2 boot loader");
}

TEST(BadBoot, OnACpuWithoutLongModeIsNamed) {
    expect_panic("kernel", {.cpu = "qemu32"}, "this CPU has no long mode (it is not an x86-64)");
}

TEST(BadBoot, OnACpuWithoutExtendedCpuidLeavesIsNamed) {
    expect_panic("kernel", {.cpu = "pentium"}, "this CPU has no long mode (it is not an x86-64)");
}

TEST(BadBoot, WithBootInformationAtAddressZeroIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_at_zero", {},
                 "the boot information at 0x0 is unusable: its address is zero");
}

TEST(BadBoot, WithMisalignedBootInformationIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_misaligned", {}, "the boot information at 0x");
}

TEST(BadBoot, WithBootInformationOutOfReachIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_out_of_reach", {},
                 "the boot information at 0xfffffff8 is unusable: "
                 "it reaches beyond the mapped memory");
}

TEST(BadBoot, WithBootInformationWhereNoMemoryIsIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_without_memory", {.memory = "16M"},
                 "the boot information at 0x3ffff000 is unusable: it ");
}

TEST(BadBoot, WithTruncatedBootInformationIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_truncated", {}, "the boot information at 0x");
}

TEST(BadBoot, WithBootInformationThatIsTooShortIsNamed) {
    expect_panic("tests/kernel/bad_boot/information_too_short", {}, "the boot information at 0x");
}

} // namespace
