// A post's folder is complete: copied to any place, it builds and boots.

#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace {

using namespace bench;

// Copies what a fresh clone has of this post: everything but the build.
void copy_out(const std::filesystem::path& target) {
    std::filesystem::create_directories(target);
    for (const auto& entry : std::filesystem::directory_iterator{post_folder()}) {
        if (entry.path().filename() != "build") {
            std::filesystem::copy(entry.path(), target / entry.path().filename(),
                                  std::filesystem::copy_options::recursive);
        }
    }
}

// Every character in it means something to the shell, to make or to QEMU. ("=" is missing: the
// compiler would map such a folder wrongly, so ccache could not know the files again.)
constexpr const char* any_name = R"(-my kernel (1), 'a' "b" $c $(d) `e` & ; # : % * [f] {g} \ ü!)";

TEST(CopiedOut, BuildsRunsAndEndsByItselfInAFolderOfAnyName) {
    const TemporaryFolder elsewhere;
    const std::filesystem::path folder = elsewhere.file(any_name);
    copy_out(folder);
    const Finished finished =
        run({"make", "-C", folder, "BUILD=build", "run"}, {}, std::chrono::minutes{5});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("It did not crash!\n"), std::string::npos) << finished.output;
    const Finished by_whole_path = run({folder / "run.sh", folder / "build/kernel.iso"});
    EXPECT_EQ(by_whole_path.exit_code, 0) << by_whole_path.output;
}

// Builds a copy with a variable of the Makefile set differently, and boots it.
void expect_to_boot_with(const std::string& variable) {
    const TemporaryFolder elsewhere;
    copy_out(elsewhere.path());
    const Finished finished =
        run({"make", "-C", elsewhere.path(), "BUILD=build", variable}, {}, std::chrono::minutes{5});
    ASSERT_EQ(finished.exit_code, 0) << finished.output;
    Machine machine{Boot::iso(elsewhere.path() / "build/kernel.iso")};
    EXPECT_TRUE(machine.wait_for("It did not crash!\n")) << machine.log_tail();
}

// clang++, or clang++-16 where that is too old; through ccache, which has no folder of links for
// it.
TEST(CopiedOut, BootsWhenBuiltByClang) {
    const std::string command = run({common_folder() / "setup/llvm.sh", "clang++"}).output;
    expect_to_boot_with("CXX=ccache " + command.substr(0, command.find('\n')));
}

TEST(CopiedOut, BootsWhenBuiltWithoutOptimisation) {
    expect_to_boot_with("OPTIMIZE=-O0");
}

} // namespace
