// The runner of all tests, with a script in the place of a test program.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

// Two suites; a process that runs Bad.Broken fails. Each process notes its filter.
constexpr std::string_view program_text = R"(#!/bin/sh
case $* in
    *--gtest_list_tests*) printf 'Good.\n  One\n  Two\nBad.\n  Fine\n  Broken\n'; exit ;;
esac
echo "$1" >> "$0.filters"
case $1 in
    *Broken*) echo "that is why"; exit 1 ;;
esac
)";

class RunAll : public testing::Test {
protected:
    RunAll() {
        write_file(program, program_text);
        fs::permissions(program, fs::perms::owner_all);
    }

    std::string run_as(const std::string& name) const {
        const fs::path run_all = fs::read_symlink("/proc/self/exe").parent_path() / "run_all";
        return run({run_all, name + "=" + program.string()}).output;
    }

    std::string filters() const { return read_file(program.string() + ".filters"); }

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
    expect_only_broken_to_fail(run_as("some_post/unit"), "some_post/unit");
    for (const char* filter : {"Good.One:Good.Two:", "Bad.Fine:Bad.Broken:", "Bad.Fine:"}) {
        EXPECT_TRUE(contains(filters(), std::string{"--gtest_filter="} + filter + "\n"))
            << filters();
    }
    EXPECT_FALSE(contains(filters(), "=Good.One:\n")) << filters();
}

TEST_F(RunAll, RunsEachMachineTestInAProcessOfItsOwn) {
    expect_only_broken_to_fail(run_as("some_post/machine"), "some_post/machine");
    for (const char* filter : {"Good.One:", "Good.Two:", "Bad.Fine:", "Bad.Broken:"}) {
        EXPECT_TRUE(contains(filters(), std::string{"--gtest_filter="} + filter + "\n"))
            << filters();
    }
}

} // namespace
