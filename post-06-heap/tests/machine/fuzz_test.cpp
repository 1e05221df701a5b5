// A short walk through each fuzz program, always the same one. `make fuzz` runs for minutes and
// takes another path each time.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

namespace {

using namespace bench;

// The inputs that libFuzzer begins with, as its list of files. It would read a folder in an order
// that depends on the file system.
std::string inputs_of(const std::string& name) {
    std::set<std::string> files;
    for (const auto& file :
         std::filesystem::directory_iterator{post_file("tests/fuzz/corpus/" + name)}) {
        files.insert("tests/fuzz/corpus/" + name + "/" + file.path().filename().string());
    }
    std::string list;
    for (const std::string& file : files) {
        list += (list.empty() ? "" : ",") + file;
    }
    return list;
}

// Addresses are the same each time, since libFuzzer also tries values that the program compares,
// and -reload=0 keeps it from looking at its folder once a second. What it finds goes into a folder
// that is thrown away: the inputs in the source tree stay as they are.
void expect_no_finding(const std::string& name, const std::string& runs) {
    const TemporaryFolder found;
    const Finished finished = run({post_built("tests/" + name + "_fuzz"), "-runs=" + runs,
                                   "-seed=1", "-reload=0", "-seed_inputs=" + inputs_of(name),
                                   "-artifact_prefix=" + found.path().string() + "/", found.path()},
                                  {.directory = post_folder_unnoted(), .fixed_addresses = true});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_NE(finished.output.find("Done " + runs + " runs"), std::string::npos) << finished.output;
}

TEST(Fuzz, BootInformationIsRefusedOrSafeToRead) {
    expect_no_finding("boot_information", "20000");
}

TEST(Fuzz, FreeFramesOfAnyMemoryMapAreMemoryNotInUse) {
    expect_no_finding("memory_map", "500");
}

TEST(Fuzz, PageTablesFullOfGarbageAreWalkedAndChangedWithoutHarm) {
    expect_no_finding("page_tables", "5000");
}

TEST(Fuzz, PrintWritesAnyValueInAnyFieldAsTheFieldSays) {
    expect_no_finding("print", "20000");
}

TEST(Fuzz, KeysAreDecodedAsTheyAreAndNoneSticks) {
    expect_no_finding("keyboard", "5000");
}

TEST(Fuzz, HeapsGiveNoWrongBlock) {
    expect_no_finding("heap", "5000");
}

TEST(Fuzz, HeapChecksNameEachMistakeAndSeeNoneWhereThereIsNone) {
    expect_no_finding("heap_checks", "10000");
}

} // namespace
