#include "stages/tests/scratch_tree.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// A file in which each post has its own last line, so that each copy differs.
std::string body(std::string_view top, std::string_view middle, std::string_view bottom) {
    std::string text{top};
    text += "\n2\n3\n4\n";
    text += middle;
    text += "\n6\n7\n8\n";
    text += bottom;
    text += "\n";
    return text;
}

class Ripple : public testing::Test {
protected:
    void SetUp() override {
        tree.write(tree.first, main, body("1", "5", "first"));
        tree.write(tree.second, main, body("1", "5", "second"));
        tree.write(tree.third, main, body("1", "5", "third"));
        tree.write_everywhere("kernel/same.cpp", "same\n");
        tree.commit();
    }

    bench::Finished ripple(const bench::Command& arguments = {"01"}) {
        return tree.run("ripple.sh", arguments);
    }

    // A change of post 01 that meets another one in post 02.
    void make_conflict() {
        tree.write(tree.second, main, body("1", "five", "second"));
        tree.write(tree.third, main, body("1", "five", "third"));
        tree.commit();
        tree.write(tree.first, main, body("1", "V", "first"));
    }

    void expect_that_a_second_run_changes_nothing(int exit_code) {
        const std::string before = tree.status();
        const auto again = ripple();
        EXPECT_EQ(again.exit_code, exit_code) << again.output;
        EXPECT_TRUE(contains(again.output, " 0 files changed")) << again.output;
        EXPECT_EQ(tree.status(), before);
    }

    static constexpr const char* main = "kernel/main.cpp";
    ScratchTree tree;
};

TEST_F(Ripple, CarriesAChangeIntoEveryLaterPostAndKeepsWhatIsTheirs) {
    tree.write(tree.first, main, body("one", "5", "first"));
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(tree.read(tree.second, main), body("one", "5", "second"));
    EXPECT_EQ(tree.read(tree.third, main), body("one", "5", "third"));
    EXPECT_EQ(result.output, "post-02-double-faults/kernel/main.cpp: merged\n"
                             "post-03-hardware-interrupts/kernel/main.cpp: merged\n"
                             "ripple from post-01-exceptions: 3 posts, 2 files changed, 0 "
                             "conflicts\n");
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, MakesFilesEqualThatWereEqual) {
    tree.write(tree.first, "kernel/same.cpp", "changed\n");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, "kernel/same.cpp"), "changed\n");
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, LeavesEarlierPostsAlone) {
    tree.write(tree.second, "kernel/same.cpp", "changed\n");
    EXPECT_EQ(ripple({"02"}).exit_code, 0);
    EXPECT_EQ(tree.read(tree.first, "kernel/same.cpp"), "same\n");
    EXPECT_EQ(tree.read(tree.third, "kernel/same.cpp"), "changed\n");
}

TEST_F(Ripple, CarriesWhatIsAlreadyStaged) {
    tree.write(tree.first, "kernel/same.cpp", "changed\n");
    tree.git({"add", "--all"});
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, "kernel/same.cpp"), "changed\n");
}

TEST_F(Ripple, AddsNewFilesWithTheirMode) {
    tree.write(tree.first, "tools/new file.sh", "new\n");
    tree.make_executable(tree.first, "tools/new file.sh");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, "tools/new file.sh"), "new\n");
    EXPECT_TRUE(tree.is_executable(tree.third, "tools/new file.sh"));
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, LeavesANewFileThatTheNextPostHasToo) {
    tree.write_everywhere("kernel/new.cpp", "new\n");
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.output, " 0 files changed, 0 conflicts")) << result.output;
}

TEST_F(Ripple, NamesANewFileThatTheNextPostHasInAnotherForm) {
    tree.write(tree.first, "kernel/new.cpp", "mine\n");
    tree.write(tree.second, "kernel/new.cpp", "its own\n");
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "CONFLICT post-02-double-faults/kernel/new.cpp"))
        << result.output;
    EXPECT_TRUE(contains(tree.read(tree.second, "kernel/new.cpp"), "its own\n"));
    expect_that_a_second_run_changes_nothing(1);
}

TEST_F(Ripple, CarriesALaterChangeOfANewFile) {
    tree.write(tree.first, "kernel/new.cpp", "new\n");
    ripple();
    tree.write(tree.first, "kernel/new.cpp", "newer\n");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, "kernel/new.cpp"), "newer\n");
}

TEST_F(Ripple, DeletesWhatWasDeletedAndTheFolderThatIsEmptyThen) {
    tree.write_everywhere("deep/er/file.cpp", "text\n");
    tree.commit();
    tree.remove(tree.first, "deep/er/file.cpp");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_FALSE(tree.has(tree.second, "deep"));
    EXPECT_FALSE(tree.has(tree.third, "deep"));
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, KeepsADeletedFileThatALaterPostHadChanged) {
    tree.remove(tree.first, main);
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "CONFLICT post-02-double-faults/kernel/main.cpp: "
                                        "post-01-exceptions removed the file"))
        << result.output;
    EXPECT_EQ(tree.read(tree.second, main), body("1", "5", "second"));
    expect_that_a_second_run_changes_nothing(1);
    tree.remove(tree.second, main); // one way to resolve it; now post 03 has to decide
    EXPECT_TRUE(contains(ripple().output, "CONFLICT post-03-hardware-interrupts/kernel/main.cpp"));
}

TEST_F(Ripple, KeepsWhatItIsToldToKeep) {
    tree.remove(tree.first, main);
    const auto kept = ripple({"01", "--keep", "post-02-double-faults/kernel/main.cpp"});
    EXPECT_EQ(kept.exit_code, 0) << kept.output;
    EXPECT_TRUE(tree.has(tree.second, main));
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, PassesOverAFileThatALaterPostHasDropped) {
    tree.remove(tree.second, main);
    tree.remove(tree.third, main);
    tree.commit();
    tree.write(tree.first, main, body("one", "5", "first"));
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_FALSE(tree.has(tree.second, main));
}

TEST_F(Ripple, CarriesModes) {
    tree.make_executable(tree.first, main);
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_TRUE(tree.is_executable(tree.third, main));
    EXPECT_EQ(tree.read(tree.third, main), body("1", "5", "third"));
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, LeavesReadmeAndExperimentsAlone) {
    tree.write(tree.first, "README.md", "changed\n");
    tree.write(tree.first, "experiments/no-ist.patch", "patch\n");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.second, "README.md"), "");
    EXPECT_FALSE(tree.has(tree.second, "experiments/no-ist.patch"));
}

TEST_F(Ripple, LeavesBuildOutputAlone) {
    tree.write(tree.first, "build/main.o", "object\n");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_FALSE(tree.has(tree.second, "build/main.o"));
}

TEST_F(Ripple, LeavesMarkersAndFailsWhenALaterPostChangedTheSameLines) {
    make_conflict();
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "CONFLICT post-02-double-faults/kernel/main.cpp"))
        << result.output;
    EXPECT_TRUE(contains(result.output, "run the same")) << result.output;
    EXPECT_TRUE(contains(tree.read(tree.second, main),
                         "<<<<<<< post-02-double-faults/kernel/main.cpp\nfive\n=======\nV\n"
                         ">>>>>>> post-01-exceptions/kernel/main.cpp\n"))
        << tree.read(tree.second, main);
}

TEST_F(Ripple, EndsAFilesWayAtItsConflictWhileOthersGoOn) {
    make_conflict();
    tree.write(tree.first, "kernel/same.cpp", "changed\n");
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.output.find("CONFLICT"), result.output.rfind("CONFLICT")) << result.output;
    EXPECT_EQ(tree.read(tree.third, main), body("1", "five", "third"));
    EXPECT_EQ(tree.read(tree.third, "kernel/same.cpp"), "changed\n");
}

TEST_F(Ripple, NamesMarkersThatAreStillThereAndPutsNoneIntoThem) {
    make_conflict();
    ripple();
    expect_that_a_second_run_changes_nothing(1);
    tree.write(tree.first, main, body("one", "VV", "first"));
    expect_that_a_second_run_changes_nothing(1);
}

TEST_F(Ripple, CarriesNoMarkersFromThePostThatItStartsFrom) {
    make_conflict();
    ripple();
    const auto result = ripple({"02"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(tree.read(tree.third, main), body("1", "five", "third"));
}

TEST_F(Ripple, CarriesAConflictsResolutionOnAndDoesNotBringTheConflictBack) {
    make_conflict();
    ripple();
    tree.write(tree.second, main, body("1", "five and V", "second"));
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(tree.read(tree.second, main), body("1", "five and V", "second"));
    EXPECT_EQ(tree.read(tree.third, main), body("1", "five and V", "third"));
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, CarriesALaterChangeAfterAResolution) {
    make_conflict();
    ripple();
    tree.write(tree.second, main, body("1", "five and V", "second"));
    ripple();
    tree.write(tree.first, main, body("one", "V", "first"));
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, main), body("one", "five and V", "third"));
}

TEST_F(Ripple, KeepsAResolutionWhenSomethingElseWasCommitted) {
    make_conflict();
    ripple();
    tree.write(tree.second, main, body("1", "five and V", "second"));
    tree.write(tree.first, "README.md", "changed\n");
    tree.git({"commit", "--quiet", "--message", "other", "post-01-exceptions/README.md"});
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, main), body("1", "five and V", "third"));
}

TEST_F(Ripple, CarriesAgainWhatSomebodyTookBack) {
    tree.write(tree.first, main, body("one", "5", "first"));
    ripple();
    tree.git({"checkout", "--", "post-02-double-faults", "post-03-hardware-interrupts"});
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.second, main), body("one", "5", "second"));
    EXPECT_EQ(tree.read(tree.third, main), body("one", "5", "third"));
}

TEST_F(Ripple, BringsAConflictBackWhenTheFileWasReset) {
    make_conflict();
    ripple();
    tree.git({"checkout", "--", "post-02-double-faults"});
    EXPECT_EQ(ripple().exit_code, 1);
    EXPECT_TRUE(contains(tree.read(tree.second, main), "<<<<<<<"));
}

TEST_F(Ripple, ResolvesAConflictInFavourOfTheLaterPostWithKeep) {
    make_conflict();
    ripple();
    tree.git({"checkout", "--", "post-02-double-faults"});
    EXPECT_EQ(ripple({"01", "--keep", "post-02-double-faults/kernel/main.cpp"}).exit_code, 0);
    expect_that_a_second_run_changes_nothing(0);
    EXPECT_EQ(tree.read(tree.second, main), body("1", "five", "second"));
}

TEST_F(Ripple, TakesAChangeBackThatWasTakenBackInItsPost) {
    tree.write(tree.first, main, body("one", "5", "first"));
    tree.write(tree.first, "kernel/new.cpp", "new\n");
    tree.remove(tree.first, "kernel/same.cpp");
    ripple();
    tree.git({"checkout", "--", "post-01-exceptions"});
    tree.remove(tree.first, "kernel/new.cpp");
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.status(), "");
    expect_that_a_second_run_changes_nothing(0);
}

TEST_F(Ripple, ForgetsWhatItCarriedOnceThatIsCommitted) {
    tree.write(tree.first, main, body("one", "5", "first"));
    ripple();
    tree.commit();
    tree.write(tree.first, main, body("ONE", "5", "first"));
    EXPECT_EQ(ripple().exit_code, 0);
    EXPECT_EQ(tree.read(tree.third, main), body("ONE", "5", "third"));
}

TEST_F(Ripple, CarriesOnlyWhatCameAfterTheLastCommit) {
    tree.write(tree.first, main, body("one", "5", "first"));
    ripple();
    tree.write(tree.first, main, body("one", "V", "first")); // meant for post 01 alone
    tree.commit();
    tree.write(tree.first, main, body("ONE", "V", "first"));
    tree.write(tree.second, main, body("one", "5", "its own"));
    ripple();
    EXPECT_EQ(tree.read(tree.second, main), body("ONE", "5", "its own"));
}

TEST_F(Ripple, KeepsAFileThatCannotBeMergedLineByLine) {
    const std::string zero(1, '\0');
    tree.write_everywhere("font.bin", zero + "1");
    tree.write(tree.second, "font.bin", zero + "2");
    tree.commit();
    tree.write(tree.first, "font.bin", zero + "3");
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "CONFLICT post-02-double-faults/font.bin: differs from "
                                        "post-01-exceptions/font.bin and cannot be merged"))
        << result.output;
    EXPECT_EQ(tree.read(tree.second, "font.bin"), zero + "2");
    expect_that_a_second_run_changes_nothing(1);
    tree.write(tree.second, "font.bin", zero + "3"); // made equal by hand, the copy behind follows
    EXPECT_EQ(ripple().exit_code, 1);
    tree.write(tree.third, "font.bin", zero + "3");
    EXPECT_EQ(ripple().exit_code, 0);
}

TEST_F(Ripple, CarriesLinksAsLinksAndNeverMergesThem) {
    namespace fs = std::filesystem;
    for (const std::string_view post : {tree.first, tree.second, tree.third}) {
        fs::create_symlink(post == tree.first ? "a" : "b", tree.file(post, "differs"));
    }
    tree.commit();
    tree.remove(tree.first, "differs");
    fs::create_symlink("c", tree.file(tree.first, "differs"));
    fs::create_symlink("Makefile", tree.file(tree.first, "new"));
    const auto result = ripple();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "one of them is a link")) << result.output;
    EXPECT_EQ(fs::read_symlink(tree.file(tree.second, "differs")), "b");
    EXPECT_EQ(fs::read_symlink(tree.file(tree.third, "new")), "Makefile");
    expect_that_a_second_run_changes_nothing(1);
}

TEST_F(Ripple, HasNothingToDoWithoutAChangeOrWithoutALaterPost) {
    EXPECT_EQ(ripple().exit_code, 0);
    tree.write(tree.third, main, body("one", "5", "third"));
    EXPECT_EQ(ripple({"03"}).exit_code, 0);
}

TEST_F(Ripple, RefusesAPostThatIsNotNamedOrNotCommitted) {
    EXPECT_EQ(ripple({}).exit_code, 2);
    EXPECT_EQ(ripple({"07"}).exit_code, 2);
    tree.write("post-04-paging", "Makefile", "all:\n");
    EXPECT_EQ(ripple({"01"}).exit_code, 0);
    tree.write("post-05-heap", "Makefile", "all:\n");
    EXPECT_EQ(ripple({"04"}).exit_code, 2);
}

} // namespace
