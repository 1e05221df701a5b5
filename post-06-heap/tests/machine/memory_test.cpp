// The kernel takes over the memory of machines of every size and kind.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

namespace {

using namespace bench;

constexpr std::string_view all_passed = "9 tests, 0 failed\n";

struct Pc {
    std::string name;
    MachineOptions options;
    std::string says; // of its memory

    friend std::ostream& operator<<(std::ostream& stream, const Pc& pc) {
        return stream << pc.name;
    }
};

class Memory : public testing::TestWithParam<Pc> {};

// The tests inside the kernel check every page of the direct map.
TEST_P(Memory, IsTakenOver) {
    Machine machine{Boot::iso(post_image("tests/kernel/memory")), GetParam().options};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
    EXPECT_TRUE(machine.serial().find(GetParam().says) != std::string::npos) << machine.serial();
}

// QEMU sets aside 33 frames at the end of what lies below 4 GiB, one of them for the CD's AHCI
// controller, and one KiB below 640 KiB. What the tables cost: one of level 3, one of level 2 for
// each GiB (none for GiBs that are one page), and those of level 1 where a range begins or ends
// with small pages.
INSTANTIATE_TEST_SUITE_P(
    Ring4, Memory,
    testing::Values(
        Pc{"Of16MiB", {.memory = "16M"}, "15864 KiB of memory, 4 frames for the direct map\n"},
        Pc{"Of64MiB", {.memory = "64M"}, "65016 KiB of memory, 4 frames for the direct map\n"},
        Pc{"Of128MiB", {.memory = "128M"}, "130552 KiB of memory, 4 frames for the direct map\n"},
        Pc{"WithoutNoExecute",
           {.memory = "128M", .cpu = "qemu64,-nx"},
           "130552 KiB of memory, 4 frames for the direct map\n"},
        Pc{"Of1GiB", {.memory = "1G"}, "1048056 KiB of memory, 4 frames for the direct map\n"},
        Pc{"Of4GiB", {.memory = "4G"}, "4193784 KiB of memory, 7 frames for the direct map\n"},
        Pc{"Of8GiB", {.memory = "8G"}, "8388088 KiB of memory, 11 frames for the direct map\n"},
        Pc{"Of64GiB", {.memory = "64G"}, "67108344 KiB of memory, 67 frames for the direct map\n"},
        Pc{"Of64GiBInPagesOf1GiB",
           {.memory = "64G", .cpu = "qemu64,+pdpe1gb"},
           "67108344 KiB of memory, 5 frames for the direct map\n"},
        Pc{"OfTheNewerMachineType",
           {.memory = "8G", .type = "q35"},
           "8388088 KiB of memory, 11 frames for the direct map\n"}),
    [](const auto& info) { return info.param.name; });

// The same kernel, with a module that the boot loader loads too.
TEST(MemoryWithAModule, IsTakenOverAroundIt) {
    const TemporaryFolder folder;
    const auto files = folder.path() / "files/boot";
    std::filesystem::create_directories(files / "grub");
    std::filesystem::copy_file(post_built("tests/kernel/memory.elf"), files / "kernel.elf");
    std::ofstream{files / "module"} << std::string(10'000, 'm');
    std::ofstream{files / "grub/grub.cfg"} << "set timeout=0\n"
                                              "menuentry test {\n"
                                              "  multiboot2 /boot/kernel.elf\n"
                                              "  module2 /boot/module for the kernel\n"
                                              "}\n";
    const auto image = folder.path() / "with_module.iso";
    const Finished made = run({"grub-mkrescue", "--install-modules=normal multiboot2", "-o", image,
                               folder.path() / "files"});
    ASSERT_EQ(made.exit_code, 0) << made.output;
    const auto loaded_frames = [](const Boot& boot) {
        Machine machine{boot};
        EXPECT_EQ(machine.wait_for_end(), End::passed);
        EXPECT_NE(machine.serial().find("frames were filled by the boot loader\n"),
                  std::string::npos);
        return std::stoul(machine.serial());
    };
    EXPECT_GE(loaded_frames(Boot::iso(image)),
              loaded_frames(Boot::iso(post_image("tests/kernel/memory"))) + 3); // 10,000 bytes
}

TEST(MemoryWithoutAMap, IsNotTakenOver) {
    Machine machine{Boot::iso(post_image("tests/kernel/bad_boot/information_without_map"))};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("KERNEL PANIC: the machine's memory cannot be used: the "
                                    "memory map shows no memory where the kernel lies\n"),
              std::string::npos)
        << machine.serial();
}

TEST(MemoryInMorePiecesThanTheKernelKeeps, IsTakenOverWithoutTheSmallest) {
    Machine machine{Boot::iso(post_image("tests/kernel/bad_boot/memory_in_pieces"))};
    EXPECT_TRUE(machine.wait_for("The memory is in more than 64 pieces: the smallest are not used\n"
                                 "31 MiB at 0xffff800000000000, "))
        << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("\n> ")) << machine.log_tail();
}

TEST(MemoryOutOfReach, IsNotTakenOver) {
    Machine machine{Boot::iso(post_image("tests/kernel/bad_boot/information_without_low_memory")),
                    {.memory = "4G"}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_NE(machine.serial().find("KERNEL PANIC: the machine's memory cannot be used: there is "
                                    "too little memory for the page tables\n"),
              std::string::npos)
        << machine.serial();
}

TEST(MemoryInBochs, IsTakenOver) {
    Bochs bochs{Boot::iso(post_image("tests/kernel/memory"))};
    EXPECT_TRUE(bochs.wait_for(all_passed)) << bochs.log_tail();
}

TEST(MissingFlush, LetsTheCpuReadTheOldFrame) {
    Machine machine{Boot::iso(post_image("tests/kernel/expected_failures/missing_flush"))};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_EQ(machine.serial().find("Mapped to a frame that holds 1: 1\n"
                                    "Mapped to a frame that holds 2: 1\n"
                                    "\nKERNEL PANIC: the CPU still reads the old frame\n"),
              0U)
        << machine.serial();
}

TEST(MissingFlush, LetsTheCpuReadTheOldFrameInBochsToo) {
    Bochs bochs{Boot::iso(post_image("tests/kernel/expected_failures/missing_flush"))};
    EXPECT_TRUE(bochs.wait_for("KERNEL PANIC: the CPU still reads the old frame\n"))
        << bochs.log_tail();
}

} // namespace
