#include "stages/tests/scratch_tree.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

class CheckStages : public testing::Test {
protected:
    void SetUp() override {
        tree.write_everywhere("kernel/main.cpp", "one\n");
        tree.write_everywhere("kernel/old.hpp", "old\n");
    }

    // Gives post 02 this list, and post 03 all of post 02 except for what is its own.
    void list(const std::string& lines) {
        tree.write(tree.second, "README.md",
                   "# Post\n\n## What changed\n\n" + lines + "\n## Run\n");
        std::filesystem::remove_all(tree.file(tree.third, ""));
        std::filesystem::copy(tree.file(tree.second, ""), tree.file(tree.third, ""),
                              std::filesystem::copy_options::recursive);
        tree.write(tree.third, "README.md", "another\n");
    }

    bench::Finished check() { return tree.run("check-stages.sh", {}); }

    void expect_fault(const std::string& text) {
        const auto result = check();
        EXPECT_EQ(result.exit_code, 1);
        EXPECT_TRUE(contains(result.output, "post-02-double-faults: " + text)) << result.output;
        EXPECT_FALSE(contains(result.output, "post-03")) << result.output;
    }

    ScratchTree tree;
};

TEST_F(CheckStages, AcceptsPostsThatAreTheSame) {
    const auto result = check();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.output,
              "3 posts, 12 files: every difference is listed, everything listed differs.\n");
}

TEST_F(CheckStages, AcceptsChangedNewAndRemovedFilesThatAreListedSo) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    tree.write(tree.second, "kernel/gdt.hpp", "gdt\n");
    tree.remove(tree.second, "kernel/old.hpp");
    list("- `kernel/main.cpp`: calls more\n"
         "- `kernel/gdt.hpp` (new): the table\n"
         "* `kernel/old.hpp` (removed): nobody needs it\n");
    const auto result = check();
    EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST_F(CheckStages, NamesAFileThatDiffersButIsNotListed) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    list("");
    expect_fault("kernel/main.cpp differs but is not listed under \"What changed\"");
}

TEST_F(CheckStages, NamesANewFileThatIsNotListed) {
    tree.write(tree.second, "kernel/new.cpp", "new\n");
    list("");
    expect_fault("kernel/new.cpp differs but is not listed");
}

TEST_F(CheckStages, NamesARemovedFileThatIsNotListed) {
    tree.remove(tree.second, "kernel/old.hpp");
    list("");
    expect_fault("kernel/old.hpp differs but is not listed");
}

TEST_F(CheckStages, SeesAChangedMode) {
    tree.make_executable(tree.second, "kernel/main.cpp");
    list("");
    expect_fault("kernel/main.cpp differs but is not listed");
}

TEST_F(CheckStages, TakesARenamedFileForOneRemovedAndOneNew) {
    tree.write(tree.second, "kernel/new.hpp", "old\n");
    tree.remove(tree.second, "kernel/old.hpp");
    list("- `kernel/new.hpp` (new): a better name\n- `kernel/old.hpp` (removed): renamed\n");
    const auto result = check();
    EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST_F(CheckStages, NamesAListedFileThatIsTheSame) {
    list("- `kernel/main.cpp`: it was to be changed\n");
    expect_fault("kernel/main.cpp is listed under \"What changed\" but is as in "
                 "post-01-exceptions");
}

TEST_F(CheckStages, NamesAWrongTag) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    list("- `kernel/main.cpp` (new): calls more\n");
    expect_fault("kernel/main.cpp is listed as new but is changed");
    tree.write(tree.second, "kernel/main.cpp", "one\n");
    tree.write(tree.second, "kernel/new.cpp", "new\n");
    list("- `kernel/new.cpp`: the table\n");
    expect_fault("kernel/new.cpp is listed as changed but is new");
}

TEST_F(CheckStages, WantsAReason) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    for (const std::string line : {"- `kernel/main.cpp`", "- `kernel/main.cpp`:",
                                   "- `kernel/main.cpp`:  ", "- `kernel/main.cpp`, and more"}) {
        list(line + "\n");
        expect_fault("kernel/main.cpp is listed without a reason");
    }
}

TEST_F(CheckStages, NamesAFileThatIsListedTwice) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    list("- `kernel/main.cpp`: once\n- `kernel/main.cpp`: again\n");
    expect_fault("kernel/main.cpp is listed twice");
}

TEST_F(CheckStages, TakesAFolderThatIsNewAsAWhole) {
    tree.write(tree.second, "heap/a.hpp", "a\n");
    tree.write(tree.second, "heap/deep/b.hpp", "b\n");
    list("- `heap/` (new): allocators\n");
    EXPECT_EQ(check().exit_code, 0);
}

TEST_F(CheckStages, RefusesAFolderThatIsNotNewAsAWhole) {
    tree.write(tree.second, "kernel/new.cpp", "new\n");
    list("- `kernel/` (new): much\n");
    expect_fault("kernel/: a folder may be listed only as (new)");
}

TEST_F(CheckStages, RefusesANewFolderThatIsNotListedAsNew) {
    tree.write(tree.second, "heap/a.hpp", "a\n");
    list("- `heap/`: allocators\n");
    expect_fault("heap/: a folder may be listed only as (new)");
}

TEST_F(CheckStages, RefusesAFolderThatIsNotThere) {
    list("- `heap/` (new): allocators\n");
    expect_fault("heap/ is listed under \"What changed\" but is not there");
}

TEST_F(CheckStages, ReadsOnlyTheListUnderItsHeading) {
    tree.write(tree.second, "kernel/main.cpp", "two\n");
    list("Prose about `kernel/old.hpp`.\n\n## Other\n\n- `kernel/main.cpp`: not here\n");
    expect_fault("kernel/main.cpp differs but is not listed");
}

TEST_F(CheckStages, LeavesOutReadmeExperimentsAndBuildOutput) {
    tree.write(tree.second, "README.md", "anything\n");
    tree.write(tree.second, "experiments/no-ist.patch", "patch\n");
    tree.write(tree.second, "build/main.o", "object\n");
    EXPECT_EQ(check().exit_code, 0);
}

TEST_F(CheckStages, LeavesOutOnlyThePostsOwnReadme) {
    tree.write(tree.second, "kernel/README.md", "anything\n");
    list("");
    expect_fault("kernel/README.md differs but is not listed");
}

TEST_F(CheckStages, NamesAPostWithoutAReadme) {
    tree.remove(tree.second, "README.md");
    expect_fault("has no README.md");
}

TEST_F(CheckStages, WorksWithOnePost) {
    std::filesystem::remove_all(tree.file(tree.second, ""));
    std::filesystem::remove_all(tree.file(tree.third, ""));
    const auto result = check();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.output, "1 post, 4 files:")) << result.output;
}

TEST_F(CheckStages, FailsWithoutAnyPost) {
    for (const std::string_view post : {tree.first, tree.second, tree.third}) {
        std::filesystem::remove_all(tree.file(post, ""));
    }
    EXPECT_NE(check().exit_code, 0);
}

} // namespace
