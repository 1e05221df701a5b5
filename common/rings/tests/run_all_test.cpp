// The runner of all tests, with a script in place of a test program.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

// Two suites; a process that runs Bad.Broken fails. Each process notes its filter, and names the
// file "used" as one that it reads.
constexpr std::string_view program_text = R"(#!/bin/sh
case $* in
    *--gtest_list_tests*) cat > "${2#--gtest_output=json:}" << end
{"testsuites": [
  {"name": "Good", "testsuite": [{"name": "One", "file": "a_test.cpp"}, {"name": "Two", "file": "a_test.cpp"}]},
  {"name": "Bad", "testsuite": [{"name": "Fine", "file": "b_test.cpp"}, {"name": "Broken", "file": "b_test.cpp"}]}
]}
end
        exit ;;
esac
echo "$1" >> "$0.filters"
echo used >> "$TEST_INPUTS"
case $1 in
    *Broken*) echo "that is why"; exit 1 ;;
    *) echo "[ok] in a kernel" ;;
esac
)";

class RunAll : public testing::Test {
protected:
    RunAll() {
        write_file(program, program_text);
        fs::permissions(program, fs::perms::owner_all);
        for (const char* post : {"post", "next_post"}) {
            fs::create_directory(folder.file(post));
            write_file(folder.path() / post / "used", "as ever");
        }
    }

    // In a folder with two posts.
    // AGAIN=1, where these tests themselves were started with it, is not for their programs.
    std::string run_as(const std::string& name, const std::string& setting = "LANG=C",
                       const std::string& filter = "*") const {
        const fs::path run_all = fs::read_symlink("/proc/self/exe").parent_path() / "run_all";
        return run({"env", "-u", "AGAIN", setting, run_all, "record", "--gtest_filter=" + filter,
                    name + "=" + program.string()},
                   {.directory = folder.path()})
            .output;
    }

    // The filters of the processes since the last call.
    std::string filters() const {
        const fs::path file = program.string() + ".filters";
        const std::string all = read_file(file);
        fs::remove(file);
        return all;
    }

    const TemporaryFolder folder;
    const fs::path program = folder.file("program");
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void expect_only_broken_to_fail(const std::string& output, const std::string& name) {
    EXPECT_TRUE(contains(output, "\n3 passed, 1 failed\n")) << output;
    EXPECT_TRUE(contains(output, "[  FAILED  ] " + name + "/Bad.Broken")) << output;
    EXPECT_TRUE(contains(output, "that is why")) << output;
}

TEST_F(RunAll, RunsASuiteOnTheHostInOneProcessAndEachTestAloneIfThatFails) {
    expect_only_broken_to_fail(run_as("post/unit"), "post/unit");
    const std::string all = filters(); // suites run side by side, so either may come first
    for (const char* filter :
         {"Good.One:Good.Two:", "Bad.Fine:Bad.Broken:", "Bad.Fine:", "Bad.Broken:"}) {
        EXPECT_TRUE(contains(all, std::string{"--gtest_filter="} + filter + "\n")) << all;
    }
    EXPECT_EQ(std::ranges::count(all, '\n'), 4) << all;
}

// As when one test leaves something behind that the next one stumbles over, or fails now and then.
TEST_F(RunAll, FailsASuiteWhoseTestsPassOnlyAloneAndRemembersNoneOfThem) {
    std::string text = read_file(program);
    write_file(program, text.replace(text.find("*Broken*)"), 1, "*Good.One:Good.Two*|*"));
    for (int i = 0; i < 2; ++i) {
        const std::string output = run_as("post/unit");
        EXPECT_TRUE(contains(output, "\n2 passed, 2 failed\n")) << output;
        EXPECT_TRUE(contains(output, "[  FAILED  ] post/unit/Good.One")) << output;
        EXPECT_TRUE(contains(output, "passes alone, but not together:\nthat is why")) << output;
        EXPECT_TRUE(contains(filters(), "Good.One:Good.Two:"));
    }
}

TEST_F(RunAll, RunsEachMachineTestInAProcessOfItsOwn) {
    expect_only_broken_to_fail(run_as("post/machine"), "post/machine");
    const std::string all = filters();
    for (const char* filter : {"Good.One:", "Good.Two:", "Bad.Fine:", "Bad.Broken:"}) {
        EXPECT_TRUE(contains(all, std::string{"--gtest_filter="} + filter + "\n")) << all;
    }
}

TEST_F(RunAll, RunsOnlyWhatHasNotPassedWithTheSameFiles) {
    run_as("post/machine");
    filters();
    const std::string again = run_as("post/machine");
    expect_only_broken_to_fail(again, "post/machine");
    EXPECT_TRUE(contains(again, "not run: passed before with the same program and files")) << again;
    EXPECT_TRUE(contains(again, "\n3 tests were not run")) << again;
    EXPECT_TRUE(contains(again, "\n3 of the tests' lines are tests inside kernels")) << again;
    EXPECT_EQ(filters(), "--gtest_filter=Bad.Broken:\n");
}

TEST_F(RunAll, SharesAPassWithAPostThatHasTheSameFiles) {
    run_as("post/machine");
    filters();
    const std::string next = run_as("next_post/machine");
    EXPECT_TRUE(contains(next, "not run: passed in post with the same program and files")) << next;
    EXPECT_EQ(filters(), "--gtest_filter=Bad.Broken:\n");
}

TEST_F(RunAll, RunsATestAgainAfterAChange) {
    for (const fs::path& changed : {folder.path() / "post/used", program}) {
        run_as("post/machine");
        filters();
        write_file(changed, read_file(changed) + "\n");
        run_as("post/machine");
        EXPECT_TRUE(contains(filters(), "Good.One:")) << changed;
    }
}

TEST_F(RunAll, RemembersNoPassWithAFileThatHasChangedMeanwhile) {
    write_file(folder.file("post/spare"), "");
    for (const char* change : {"echo more >> $POST/used", "touch -d yesterday $POST/used",
                               "echo . >> $TEST_INPUTS; rm -f $POST/spare"}) {
        write_file(program, std::string{program_text} + change + "\n");
        const std::string first = run_as("post/machine", "LANG=C", "*Good.One");
        EXPECT_TRUE(contains(first, "\n1 passed, 0 failed\n")) << first;
        filters();
        run_as("post/machine", "LANG=C", "*Good.One");
        EXPECT_EQ(filters(), "--gtest_filter=Good.One:\n") << change;
    }
}

TEST_F(RunAll, RunsATestAgainOnlyIfItsOwnObjectsHaveChanged) {
    const fs::path objects = program.string() + ".objects";
    write_file(objects, "11 build/a_test.o\n11 build/b_test.o\n11 build/library.o\n");
    run_as("post/machine");
    for (const auto& [changed, runs] :
         {std::pair{"11 build/a_test.o\n", true}, std::pair{"11 build/b_test.o\n", false},
          std::pair{"11 build/library.o\n", true}}) {
        filters();
        std::string list = read_file(objects);
        write_file(objects, list.replace(list.find(changed), 2, "22"));
        run_as("post/machine");
        EXPECT_EQ(contains(filters(), "Good.One:"), runs) << changed;
    }
}

TEST_F(RunAll, RunsEachTestAgainWhenAsked) {
    run_as("post/machine");
    filters();
    run_as("post/machine", "AGAIN=1");
    EXPECT_TRUE(contains(filters(), "Good.One:"));
}

TEST_F(RunAll, RunsOnlyTheSelectedTestsAgainWhenAsked) {
    run_as("post/machine");
    filters();
    run_as("post/machine", "AGAIN=1", "*Good.One");
    EXPECT_EQ(filters(), "--gtest_filter=Good.One:\n");
    run_as("post/machine");
    EXPECT_EQ(filters(), "--gtest_filter=Bad.Broken:\n");
}

TEST_F(RunAll, ForgetsThePassOfATestThatFailsWhenRunAgain) {
    write_file(program.string() + ".objects", "11 build/a_test.o\n");
    run_as("post/machine");
    std::string text = read_file(program);
    write_file(program, text.replace(text.find("*Broken*)"), 1, "*Good.One*|*"));
    run_as("post/machine", "AGAIN=1", "*Good.One");
    filters();
    run_as("post/machine");
    EXPECT_TRUE(contains(filters(), "Good.One:"));
}

TEST_F(RunAll, RunsNoTestAgainWhenAskedNotTo) {
    for (const char* setting : {"AGAIN=", "AGAIN=0"}) {
        run_as("post/machine");
        filters();
        run_as("post/machine", setting);
        EXPECT_EQ(filters(), "--gtest_filter=Bad.Broken:\n") << setting;
    }
}

} // namespace
