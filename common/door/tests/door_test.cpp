// The commands of the Makefile in the root, as a reader types them.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace bench;

const std::filesystem::path root = std::filesystem::path{std::getenv("COMMON")}.parent_path();

Finished make(Command arguments, const std::filesystem::path& folder = root,
              milliseconds longest = std::chrono::seconds{60}) {
    arguments.insert(arguments.begin(), {"make", "--no-print-directory", "-C", folder});
    return run(arguments, {}, longest);
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Door, RunsAPostByAnyOfItsNames) {
    for (const char* name : {"POST=1", "POST=01", "POST=post-01-exceptions"}) {
        const Finished finished = make({"run", name});
        EXPECT_EQ(finished.exit_code, 0) << finished.output;
        EXPECT_TRUE(contains(finished.output, "It did not crash!\n")) << finished.output;
    }
}

TEST(Door, NamesThePostsThereAreWhenAskedForAnother) {
    for (const char* verb : {"run", "test", "debug", "bench"}) {
        const Finished finished = make({verb, "POST=77"});
        EXPECT_NE(finished.exit_code, 0) << verb;
        EXPECT_TRUE(contains(finished.output, "post-01-exceptions")) << verb << finished.output;
    }
}

// The first post, and what is around the posts, as a clone has them, but for the build.
void clone(const std::filesystem::path& target) {
    std::filesystem::create_directories(target / "common");
    for (const char* part : {"Makefile", "post-01-exceptions"}) {
        ASSERT_EQ(run({"cp", "-r", root / part, target}).exit_code, 0);
    }
    std::filesystem::remove_all(target / "post-01-exceptions/build");
    for (const auto& part : std::filesystem::directory_iterator{root / "common"}) {
        if (part.path().filename() != "build") {
            ASSERT_EQ(run({"cp", "-r", part.path(), target / "common"}).exit_code, 0);
        }
    }
}

TEST(Door, OpensInAFolderOfAnyName) {
    const TemporaryFolder elsewhere;
    const std::filesystem::path folder =
        elsewhere.file(R"(-my kernel (1), 'a' "b" $c & ; = # : % * \ ü!)");
    clone(folder);
    const Finished ran = make({"run", "BUILD=build"}, folder);
    EXPECT_TRUE(contains(ran.output, "It did not crash!\n")) << ran.output;
    const Finished debugged =
        run({folder / "common/debug/debug.sh", folder / "post-01-exceptions/build/kernel", "-batch",
             "-ex", "list", "-ex", "serial", "-ex", "kill"});
    EXPECT_TRUE(contains(debugged.output, "void kernel_main(")) << debugged.output;
    for (const char* verb : {"compdb", "doctor", "clean"}) {
        const Finished finished = make({verb}, folder);
        EXPECT_EQ(finished.exit_code, 0) << finished.output;
    }
}

TEST(Door, HelpFitsOnOneScreenAndNamesEveryCommand) {
    const Finished finished = make({"help"});
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_LE(std::count(finished.output.begin(), finished.output.end(), '\n'), 24);
    for (const char* verb : {"run", "test", "debug", "bench", "figures", "diff", "ripple",
                             "check-stages", "doctor", "compdb", "lint", "clean"}) {
        EXPECT_TRUE(contains(finished.output, std::string{"make "} + verb)) << verb;
    }
}

TEST(Door, DoctorKnowsEveryPackageThatTheTestsStandOn) {
    const Finished finished = make({"doctor"});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_TRUE(contains(finished.output, "qemu-system-x86")) << finished.output;
}

} // namespace
