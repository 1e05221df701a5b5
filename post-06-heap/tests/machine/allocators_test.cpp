// One line of the kernel names its allocator. With each of the others in that line, the kernel
// builds and boots, and its command line works.

#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/build_mistake.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

class KernelOn : public testing::TestWithParam<const char*> {};

TEST_P(KernelOn, BootsAndAnswers) {
    const TemporaryFolder folder;
    post_file("kernel");
    copy_post_with({"", "kernel/heap/heap.hpp", "using KernelAllocator = SizeClassAllocator;",
                    "using KernelAllocator = " + std::string{GetParam()} + ";", ""},
                   folder.path());
    const std::string image = build_name() + "/kernel.iso";
    const Finished built = run({"make", "-C", folder.path(), image}, {}, std::chrono::minutes{5});
    ASSERT_EQ(built.exit_code, 0) << built.output;

    Machine machine{Boot::iso(folder.path() / image)};
    ASSERT_TRUE(machine.wait_for("Type \"help\" for a list of commands.\n> "))
        << machine.log_tail();
    EXPECT_NE(machine.serial().find("100 KiB of heap at 0x444444440000\n"), std::string::npos);
    EXPECT_NE(machine.serial().find("The vector has 2 owners, and now 1\n"), std::string::npos);
    // Only the size classes have cached blocks.
    machine.type("heap\n");
    EXPECT_TRUE(machine.wait_for("cached             0 bytes\n")) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("\n> ")) << machine.log_tail();
    machine.type("blocks\n");
    EXPECT_TRUE(machine.wait_for(". all free\n> ")) << machine.log_tail();
}

INSTANTIATE_TEST_SUITE_P(Ring4, KernelOn,
                         testing::Values("BumpAllocator", "LinkedListAllocator", "SegregatedFit"),
                         [](const auto& info) { return std::string{info.param}; });

} // namespace
