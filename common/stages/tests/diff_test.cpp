#include "stages/tests/scratch_tree.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

class Diff : public testing::Test {
protected:
    void SetUp() override {
        tree.write_everywhere("kernel/main.cpp", "one\n");
        tree.write_everywhere("kernel/same.cpp", "same\n");
        tree.commit();
        tree.write(tree.second, "kernel/main.cpp", "two\n");
        tree.write(tree.third, "kernel/main.cpp", "three\n");
    }

    ScratchTree tree;
};

TEST_F(Diff, NamesFilesByTheirPosts) {
    const auto result = tree.run("diff.sh", {"01", "02"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.output, "--- post-01-exceptions/kernel/main.cpp\n"
                                        "+++ post-02-double-faults/kernel/main.cpp\n"))
        << result.output;
    EXPECT_TRUE(contains(result.output, "-one\n+two\n")) << result.output;
    EXPECT_FALSE(contains(result.output, "same.cpp")) << result.output;
}

TEST_F(Diff, ShowsNewFilesButNotWhatGitIgnores) {
    tree.write(tree.second, "kernel/new.cpp", "new\n");
    tree.write(tree.second, "build/main.o", "object\n");
    tree.remove(tree.second, "kernel/same.cpp");
    const auto result = tree.run("diff.sh", {"01", "02"});
    EXPECT_TRUE(contains(result.output, "+++ post-02-double-faults/kernel/new.cpp\n"));
    EXPECT_TRUE(contains(result.output, "--- post-01-exceptions/kernel/same.cpp\n+++ /dev/null\n"));
    EXPECT_FALSE(contains(result.output, "main.o"));
}

TEST_F(Diff, SaysWhenThereIsNothingToShow) {
    tree.write(tree.second, "kernel/main.cpp", "one\n");
    const auto result = tree.run("diff.sh", {"01", "02"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.output,
              "Everything is the same in post-01-exceptions and post-02-double-faults.\n");
    EXPECT_EQ(tree.run("diff.sh", {"01", "03", "--stat", "--file", "kernel/same.cpp"}).output,
              "kernel/same.cpp is the same in post-01-exceptions and "
              "post-03-hardware-interrupts.\n");
}

TEST_F(Diff, AndItsLikeSayOnceThatTheyNeedARepository) {
    std::filesystem::remove_all(tree.folder() / ".git");
    for (const std::string script : {"diff.sh", "ripple.sh", "check-stages.sh"}) {
        const auto result = tree.run(script, {"01"});
        EXPECT_EQ(result.exit_code, 2) << script;
        EXPECT_TRUE(contains(result.output, " needs git: this folder has no .git"))
            << result.output;
        EXPECT_EQ(result.output.find('\n') + 1, result.output.size()) << result.output;
    }
}

TEST_F(Diff, SumsUpWithStat) {
    const auto result = tree.run("diff.sh", {"01", "02", "--stat"});
    EXPECT_TRUE(contains(result.output, " kernel/main.cpp | 2 +-\n")) << result.output;
    EXPECT_FALSE(contains(result.output, "+two"));
}

TEST_F(Diff, ShowsOneFile) {
    tree.write(tree.second, "kernel/same.cpp", "other\n");
    const auto result = tree.run("diff.sh", {"1", "2", "--file", "kernel/same.cpp"});
    EXPECT_TRUE(contains(result.output, "-same\n+other\n")) << result.output;
    EXPECT_FALSE(contains(result.output, "main.cpp")) << result.output;
}

TEST_F(Diff, ShowsOneFileThatOnlyOneOfThePostsHas) {
    tree.remove(tree.second, "kernel/same.cpp");
    EXPECT_TRUE(
        contains(tree.run("diff.sh", {"1", "2", "--file", "kernel/same.cpp"}).output, "\n-same\n"));
    EXPECT_TRUE(
        contains(tree.run("diff.sh", {"2", "3", "--file", "kernel/same.cpp"}).output, "\n+same\n"));
}

TEST_F(Diff, RefusesAFileThatNeitherPostHas) {
    const auto result = tree.run("diff.sh", {"1", "2", "--file", "kernel/mian.cpp"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_TRUE(contains(result.output, "Neither post-01-exceptions nor post-02-double-faults has "
                                        "kernel/mian.cpp"))
        << result.output;
}

TEST_F(Diff, FillsInThePostThatWasNotNamed) {
    EXPECT_TRUE(contains(tree.run("diff.sh", {"01", ""}).output, "-one\n+two\n"));
    EXPECT_TRUE(contains(tree.run("diff.sh", {"", "02"}).output, "-one\n+two\n"));
    EXPECT_TRUE(contains(tree.run("diff.sh", {"", "", "--stat"}).output, "main.cpp"));
    EXPECT_TRUE(contains(tree.run("diff.sh", {}).output, "-two\n+three\n"));
}

TEST_F(Diff, GoesBackwardsToo) {
    EXPECT_TRUE(contains(tree.run("diff.sh", {"03", "01"}).output, "-three\n+one\n"));
}

TEST_F(Diff, RefusesWhenThereIsNothingToCompareWith) {
    EXPECT_EQ(tree.run("diff.sh", {"", "01"}).exit_code, 2);
    EXPECT_EQ(tree.run("diff.sh", {"03", ""}).exit_code, 2);
    EXPECT_EQ(tree.run("diff.sh", {"01", "07"}).exit_code, 2);
}

TEST_F(Diff, GoesThroughThePagerInColourOnlyAtATerminal) {
    const std::string piped = tree.run("diff.sh", {"01", "02"}).output;
    EXPECT_FALSE(contains(piped, "paged:"));
    EXPECT_FALSE(contains(piped, "\x1b["));
    const std::string shown = tree.run("diff.sh", {"01", "02"}, true).output;
    EXPECT_TRUE(contains(shown, "paged:")) << shown;
    EXPECT_TRUE(contains(shown, "\x1b[")) << shown;
}

TEST_F(Diff, LeavesTheReadersIndexAlone) {
    tree.git({"add", "post-02-double-faults"});
    const std::string before = tree.status();
    tree.run("diff.sh", {"01", "03"});
    EXPECT_EQ(tree.status(), before);
}

} // namespace
