// One line of the kernel names its allocator. With each of the others in that line, the kernel
// builds and boots, and its command line works.

#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

void replace_in(const fs::path& file, const std::string& old, const std::string& replacement) {
    std::stringstream content;
    content << std::ifstream{file}.rdbuf();
    std::string text = content.str();
    const std::size_t place = text.find(old);
    ASSERT_NE(place, std::string::npos) << file << " has changed: adapt this test";
    text.replace(place, old.size(), replacement);
    std::ofstream{file} << text;
}

class KernelOn : public testing::TestWithParam<const char*> {};

TEST_P(KernelOn, BootsAndAnswers) {
    const TemporaryFolder folder;
    const std::string build = fs::relative(post_build(), post_folder());
    for (const std::string& part : {std::string{"boot"}, std::string{"kernel"},
                                    std::string{"Makefile"}, build + "/boot", build + "/kernel"}) {
        fs::create_directories((folder.path() / part).parent_path());
        ASSERT_EQ(run({"cp", "-a", post_folder() / part, folder.path() / part}).exit_code, 0);
    }
    replace_in(folder.path() / "kernel/heap/heap.hpp",
               "using KernelAllocator = SizeClassAllocator;",
               "using KernelAllocator = " + std::string{GetParam()} + ";");
    const Finished built =
        run({"make", "-C", folder.path(), build + "/kernel.iso"}, {}, std::chrono::minutes{5});
    ASSERT_EQ(built.exit_code, 0) << built.output;

    Machine machine{Boot::iso(folder.path() / build / "kernel.iso")};
    ASSERT_TRUE(machine.wait_for("Type \"help\" for a list of commands.\n> ")) << machine.log_tail();
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
