// Double faults are reported, and do not reset the machine as long as the handler has a stack.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

std::string failing(const std::string& name) {
    return "tests/kernel/expected_failures/" + name;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The frame as the panic shows it: a register's value by its name.
std::uint64_t shown(const std::string& serial, const std::string& name) {
    const std::size_t place = serial.find("  " + name + " 0x");
    return place == std::string::npos
               ? 0
               : std::stoull(serial.substr(place + name.size() + 3, 18), nullptr, 16);
}

// Runs a kernel until it panics with a double fault, and returns its serial output.
std::string double_fault(const std::filesystem::path& image) {
    Machine machine{Boot::iso(image), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    EXPECT_TRUE(contains(machine.serial(), "\nKERNEL PANIC: EXCEPTION: DOUBLE FAULT\n"))
        << machine.log_tail();
    return machine.serial();
}

TEST(DoubleFault, AfterAWriteToUnmappedMemoryIsNamedWithTheAddress) {
    const std::string said = double_fault(post_image(failing("write_to_unmapped")));
    EXPECT_TRUE(said.starts_with("Writing to 0xdeadbeef ...\n")) << said;
    EXPECT_EQ(shown(said, "cr2"), 0xDEAD'BEEFu) << said;
    EXPECT_FALSE(contains(said, "overflowed")) << said;
}

TEST(DoubleFault, AfterANullPointerIsReadIsNamedWithTheAddress) {
    const std::string said = double_fault(post_image(failing("null_pointer")));
    EXPECT_TRUE(contains(said, "cr2 0x0000000000000000")) << said;
    EXPECT_FALSE(contains(said, "It went on")) << said;
}

// If the compiler made the recursion a loop, the kernel would never fault.
TEST(DoubleFault, AfterAStackOverflowIsNamedAsSuch) {
    const std::string said = double_fault(post_image(failing("stack_overflow")));
    EXPECT_TRUE(contains(said, "The kernel stack has overflowed into its guard pages.\n")) << said;
    EXPECT_EQ(shown(said, "cr2") & ~std::uint64_t{0xFFF}, (shown(said, "rsp") - 8) & ~0xFFFull);
}

// Stack frames larger than the guard pages must not skip them.
const char* const large_frames[] = {"large_array", "large_array_in_handler", "large_frames"};

TEST(DoubleFault, AfterALargeFrameIsNamedAsAStackOverflow) {
    for (const char* name : large_frames) {
        const std::string said = double_fault(post_image(failing(name)));
        EXPECT_TRUE(contains(said, "The kernel stack has overflowed")) << name << '\n' << said;
        EXPECT_FALSE(contains(said, "It went on")) << name << '\n' << said;
    }
}

TEST(DoubleFault, AfterAStackOverflowIsNamedInAKernelWithoutOptimisationToo) {
    const std::string build = "build/unoptimised";
    for (const char* name : {"stack_overflow", "large_array", "large_frames"}) {
        const std::string image = build + "/" + failing(name) + ".iso";
        const Finished made =
            run({"make", "-s", "-C", post_folder(), "OPTIMIZE=-O0", "BUILD=" + build, image});
        ASSERT_EQ(made.exit_code, 0) << made.output;
        const std::string said = double_fault(post_folder() / image);
        EXPECT_TRUE(contains(said, "The kernel stack has overflowed")) << name << '\n' << said;
    }
}

TEST(DoubleFault, ComesFromRealRecursion) {
    const std::string elf = post_built(failing("stack_overflow") + ".elf");
    const Finished dump = run({"objdump", "--disassemble=recurse", elf});
    EXPECT_TRUE(contains(dump.output, "<recurse>:")) << dump.output;
    const std::size_t call = dump.output.find("call ");
    ASSERT_NE(call, std::string::npos) << dump.output;
    EXPECT_TRUE(dump.output.substr(call).find("<recurse>") < dump.output.substr(call).find('\n'));
}

TEST(DoubleFault, AfterAStackOverflowIsNamedInBochs) {
    Bochs bochs{Boot::iso(post_image(failing("stack_overflow")))};
    EXPECT_TRUE(bochs.wait_for("KERNEL PANIC: EXCEPTION: DOUBLE FAULT\n"
                               "  The kernel stack has overflowed"))
        << bochs.log_tail();
}

// Runs a kernel until the machine resets, and returns QEMU's log of the exceptions on the way.
std::string interrupts_until_reset(const std::string& name) {
    Machine machine{Boot::iso(post_image(failing(name))), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::reset);
    EXPECT_FALSE(contains(machine.serial(), "PANIC")) << machine.serial();
    const std::string log = machine.interrupt_log();
    EXPECT_TRUE(contains(log, "Triple fault")) << machine.log_tail();
    return log;
}

// First the page fault, then the double fault.
void expect_both_faults(const std::string& log) {
    const std::size_t page_fault = log.find("v=0e");
    ASSERT_NE(page_fault, std::string::npos) << log;
    EXPECT_NE(log.find("v=08", page_fault), std::string::npos) << log;
}

TEST(ExpectedReset, WithoutADoubleFaultHandler) {
    expect_both_faults(interrupts_until_reset("no_double_fault_handler"));
}

TEST(ExpectedReset, OnAStackOverflowIfTheHandlerHasNoStackOfItsOwn) {
    expect_both_faults(interrupts_until_reset("no_interrupt_stack"));
}

TEST(ExpectedReset, IfTheDoubleFaultsStackIsNotMapped) {
    interrupts_until_reset("interrupt_stack_not_mapped");
}

// No reset: once the handler runs, the CPU no longer knows that there was a first fault.
TEST(InterruptStack, ThatOverflowsIsStartedAgainFromItsTop) {
    for (const char* name : {"interrupt_stack_overflow", "interrupt_stack_large_array"}) {
        Machine machine{Boot::iso(post_image(failing(name)))};
        for (int round = 0; round < 5; ++round) {
            EXPECT_TRUE(machine.wait_for("Overflowing the double fault's stack ...\n"))
                << machine.log_tail();
        }
        EXPECT_FALSE(contains(machine.serial(), "It went on")) << machine.log_tail();
    }
}

// The second fault depends on how the gate is absent. QEMU's error code for it is not the
// manual's (vector * 8 + 2), so it is not looked at.
TEST(AbsentGate, ThatIsAllZeroMakesAGeneralProtectionFault) {
    Machine machine{Boot::iso(post_image(failing("gate_zero"))), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    const std::string log = machine.interrupt_log();
    const std::size_t invalid_opcode = log.find("v=06");
    EXPECT_LT(invalid_opcode, log.find("v=0d", invalid_opcode)) << machine.log_tail();
    EXPECT_EQ(log.find("v=0b", invalid_opcode), std::string::npos) << machine.log_tail();
    EXPECT_LT(log.find("v=0d", invalid_opcode), log.find("v=08", invalid_opcode));
    EXPECT_NE(log.find("v=08", invalid_opcode), std::string::npos);
}

TEST(AbsentGate, ThatHasATypeMakesASegmentNotPresentFault) {
    Machine machine{Boot::iso(post_image(failing("gate_not_present"))), {.interrupt_log = true}};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    const std::string log = machine.interrupt_log();
    const std::size_t invalid_opcode = log.find("v=06");
    EXPECT_LT(invalid_opcode, log.find("v=0b", invalid_opcode)) << machine.log_tail();
    EXPECT_LT(log.find("v=0b", invalid_opcode), log.find("v=08", invalid_opcode));
    EXPECT_NE(log.find("v=08", invalid_opcode), std::string::npos);
}

} // namespace
