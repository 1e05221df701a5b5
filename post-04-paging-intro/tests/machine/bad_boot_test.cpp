// Whatever state the machine is in when the kernel is entered: a clear message, no silent reset.

#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace {

using namespace bench;

// Boots the image until it panics, and checks that the serial line says why, and the screen
// too.
void expect_panic(const std::string& image, const MachineOptions& options,
                  const std::string& message) {
    Machine machine{Boot::iso(post_image(image)), options};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("KERNEL PANIC: " + message), std::string::npos)
        << machine.serial();
    constexpr std::size_t surely_in_one_row = 60;
    const std::string beginning = ("KERNEL PANIC: " + message).substr(0, surely_in_one_row);
    EXPECT_NE(machine.screen().text().find(beginning), std::string::npos)
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

// No emulator here has a CPU that old. gdb acts as one: it makes the ID flag, which the boot code
// has set, read as clear.
TEST(BadBoot, OnACpuWithoutCpuidIsNamed) {
    const TemporaryFolder folder;
    const std::string serial = folder.path() / "serial";
    const std::string commands = folder.path() / "commands";
    std::ofstream{commands} << "set remotetimeout 600\n" // seconds: the computer may be busy
                               "target remote | exec qemu-system-x86_64 -S -gdb stdio -nic none "
                               "-display none -serial \"file:$serial\" -cdrom \"$image\"\n"
                               "hbreak check_cpuid\n"
                               "continue\n"
                               "set $eax = 0\n"
                               "hbreak boot_failure.halt\n"
                               "continue\n"
                               "kill\n";
    const Finished finished =
        run({"gdb", "-nx", "-batch", "-x", commands, post_built("kernel.elf")},
            {.environment = {"serial=" + serial, "image=" + post_image("kernel").string()}});
    std::stringstream said;
    said << std::ifstream{serial}.rdbuf();
    EXPECT_EQ(said.str(), "KERNEL PANIC: this CPU has no CPUID instruction\r\n") << finished.output;
}

// This is not an error: the specification leaves these registers open. The CPU model `max` has
// features that the default one lacks, such as page tables of five levels.
TEST(BadBoot, WithAllRegistersSpoiledIsPutRight) {
    for (const char* cpu : {"", "max"}) {
        SCOPED_TRACE(cpu);
        Machine kernel{Boot::iso(post_image("tests/kernel/bad_boot/registers_spoiled")),
                       {.cpu = cpu}};
        EXPECT_TRUE(kernel.wait_for("It did not crash!\n")) << kernel.log_tail();
        Machine looks{Boot::iso(post_image("tests/kernel/machine_state")), {.cpu = cpu}};
        EXPECT_EQ(looks.wait_for_end(), End::passed);
    }
}

} // namespace
