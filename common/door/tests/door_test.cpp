// The commands of the Makefile in the root, as a reader types them.

#include "process/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

using namespace bench;

Finished make(Command arguments, milliseconds longest = std::chrono::seconds{60}) {
    const std::string root = std::string{std::getenv("COMMON")} + "/..";
    arguments.insert(arguments.begin(), {"make", "--no-print-directory", "-C", root});
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
