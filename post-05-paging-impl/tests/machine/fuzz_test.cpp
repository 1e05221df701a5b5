// A short walk through each fuzz program, always the same one. `make fuzz` walks on for minutes,
// each time another way.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace bench;

// What the fuzzer finds goes into a folder that is thrown away: the inputs in the source tree
// stay as they are.
Finished fuzz(const std::string& name, const std::string& runs) {
    const TemporaryFolder found;
    const std::filesystem::path corpus = post_folder() / "tests/fuzz/corpus" / name;
    return run({post_build() / "tests" / (name + "_fuzz"), "-runs=" + runs, "-seed=1",
                "-artifact_prefix=" + found.path().string() + "/", found.path(), corpus});
}

TEST(Fuzz, BootInformationIsRefusedOrSafeToRead) {
    const Finished finished = fuzz("boot_information", "20000");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done 20000 runs"), std::string::npos) << finished.output;
}

TEST(Fuzz, FramesOfAnyMemoryMapAreMemoryThatNobodyUses) {
    const Finished finished = fuzz("memory_survey", "500");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done 500 runs"), std::string::npos) << finished.output;
}

TEST(Fuzz, PageTablesFullOfGarbageAreWalkedAndChangedWithoutHarm) {
    const Finished finished = fuzz("page_tables", "5000");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done 5000 runs"), std::string::npos) << finished.output;
}

TEST(Fuzz, PrintWritesAnyValueInAnyFieldAsTheFieldSays) {
    const Finished finished = fuzz("print", "20000");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done 20000 runs"), std::string::npos) << finished.output;
}

TEST(Fuzz, KeysAreDecodedAsTheyAreAndNoneSticks) {
    const Finished finished = fuzz("keyboard", "5000");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done 5000 runs"), std::string::npos) << finished.output;
}

} // namespace
