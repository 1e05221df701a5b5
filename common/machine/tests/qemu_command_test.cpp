// The command line that starts QEMU.
#include "machine/qemu_command.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace bench {
namespace {

const QemuEnds ends{7, 8, "/somewhere/interrupts.log"};

// Whether the command contains these two words, one after the other.
bool contains(const Command& command, const std::string& option, const std::string& value) {
    const Command sought{option, value};
    return std::search(command.begin(), command.end(), sought.begin(), sought.end()) !=
           command.end();
}

TEST(QemuCommand, PassesTheOptionsOn) {
    const MachineOptions options{.memory = "64M", .cpu = "max", .type = "q35", .icount = true};
    const Command command = qemu_command(Boot::iso("kernel.iso"), options, ends);
    EXPECT_TRUE(contains(command, "-m", "64M"));
    EXPECT_TRUE(contains(command, "-cpu", "max"));
    EXPECT_TRUE(contains(command, "-machine", "q35"));
    EXPECT_TRUE(contains(command, "-icount", "shift=7,sleep=off"));
    EXPECT_TRUE(contains(command, "-drive",
                         "id=cd,if=none,file=kernel.iso,format=raw,media=cdrom,readonly=on"));
}

TEST(QemuCommand, LeavesTheOtherOptionsAtTheirDefaults) {
    const Command command = qemu_command(Boot::iso("kernel.iso"), {}, ends);
    for (const char* option : {"-cpu", "-machine", "-icount", "-d", "-D"}) {
        EXPECT_EQ(std::count(command.begin(), command.end(), option), 0) << option;
    }
}

TEST(QemuCommand, ReservesNoMemoryForGigabytes) {
    const Command command = qemu_command(Boot::iso("kernel.iso"), {.memory = "64G"}, ends);
    EXPECT_TRUE(contains(command, "-m", "64G"));
    EXPECT_TRUE(contains(command, "-machine", "memory-backend=ram"));
    EXPECT_TRUE(contains(command, "-object", "memory-backend-ram,id=ram,reserve=off,size=64G"));
}

TEST(QemuCommand, KeepsTheInterruptLogOnlyOnRequest) {
    const Command command = qemu_command(Boot::iso("kernel.iso"), {.interrupt_log = true}, ends);
    EXPECT_TRUE(contains(command, "-D", "/somewhere/interrupts.log"));
}

TEST(QemuCommand, EndsWithTheArgumentsOfTheTest) {
    const Command command =
        qemu_command(Boot::iso("kernel.iso"), {.arguments = {"-smp", "2"}}, ends);
    EXPECT_EQ(Command(command.end() - 2, command.end()), (Command{"-smp", "2"}));
}

TEST(QemuCommand, AcceptsACommaInAPath) {
    const Command command = qemu_command(Boot::disk("a,b.img"), {}, ends);
    EXPECT_TRUE(contains(command, "-drive", "file=a,,b.img,format=raw,snapshot=on"));
}

} // namespace
} // namespace bench
