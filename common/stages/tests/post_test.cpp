#include "stages/tests/scratch_tree.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

TEST(Post, AnswersToItsNumberAndToItsName) {
    const ScratchTree tree;
    for (const std::string name :
         {"2", "02", "post-02", "post-02-double-faults", "post-02-double-faults/"}) {
        const auto result = tree.run("post.sh", {name});
        EXPECT_EQ(result.exit_code, 0) << name;
        EXPECT_EQ(result.output, "post-02-double-faults\n") << name;
    }
}

TEST(Post, IsTheNewestWhenNoneIsNamed) {
    const ScratchTree tree;
    EXPECT_EQ(tree.run("post.sh", {""}).output, "post-03-hardware-interrupts\n");
    EXPECT_EQ(tree.run("post.sh", {}).output, "post-03-hardware-interrupts\n");
}

TEST(Post, ThatDoesNotExistIsAnsweredWithThoseThatDo) {
    const ScratchTree tree;
    for (const std::string name :
         {"7", "08", "double-faults", "post-02-double", "../post-02", "*"}) {
        const auto result = tree.run("post.sh", {name});
        EXPECT_EQ(result.exit_code, 2) << name;
        EXPECT_NE(result.output.find("There are: post-01-exceptions post-02-double-faults "
                                     "post-03-hardware-interrupts\n"),
                  std::string::npos)
            << result.output;
    }
}

TEST(Post, MayBeSeveral) {
    const ScratchTree tree;
    EXPECT_EQ(tree.run("post.sh", {"3", "01"}).output,
              "post-03-hardware-interrupts\npost-01-exceptions\n");
    EXPECT_EQ(tree.run("post.sh", {"3", "7"}).exit_code, 2);
    EXPECT_NE(tree.run("post.sh", {"3 1"}).output.find("This takes one post"), std::string::npos);
}

TEST(Post, IsListedInOrder) {
    ScratchTree tree;
    tree.write("post-10-last", "Makefile", "all:\n");
    EXPECT_EQ(tree.run("post.sh", {"--all"}).output,
              "post-01-exceptions\npost-02-double-faults\npost-03-hardware-interrupts\n"
              "post-10-last\n");
}

TEST(Post, IsNotCountedInOctal) {
    ScratchTree tree;
    tree.write("post-08-eight", "Makefile", "all:\n");
    tree.write("post-10-ten", "Makefile", "all:\n");
    EXPECT_EQ(tree.run("post.sh", {"08"}).output, "post-08-eight\n");
    EXPECT_EQ(tree.run("post.sh", {"010"}).output, "post-10-ten\n");
}

TEST(Post, IsNoFolderThatOnlyABuildLeftBehind) {
    ScratchTree tree;
    tree.write("post-04-paging", "build/main.o", "old");
    EXPECT_EQ(tree.run("post.sh", {"4"}).exit_code, 2);
}

} // namespace
