// The commands of the Makefile in the root, as a reader types them.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace {

using namespace bench;

const std::filesystem::path root = common_folder().parent_path();

Finished make(Command arguments, const std::filesystem::path& folder = root) {
    arguments.insert(arguments.begin(), {"make", "--no-print-directory", "-C", folder});
    return run(arguments, {}, std::chrono::minutes{5}); // enough to build a post without ccache
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::ptrdiff_t count(const std::string& text, const std::string& part) {
    std::ptrdiff_t times = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
        ++times;
    }
    return times;
}

TEST(Door, RunsAPostByAnyOfItsNames) {
    for (const char* name : {"POST=1", "POST=01", "POST=post-01-exceptions"}) {
        const Finished finished = make({"run", name});
        EXPECT_EQ(finished.exit_code, 0) << finished.output;
        EXPECT_TRUE(contains(finished.output, "It did not crash!\n")) << finished.output;
    }
}

TEST(Door, ListsThePostsWhenAskedForAnother) {
    for (const char* verb : {"run", "test", "debug", "bench", "fuzz", "figures", "exercise"}) {
        const Finished finished = make({verb, "POST=77"});
        EXPECT_NE(finished.exit_code, 0) << verb;
        EXPECT_TRUE(contains(finished.output, "post-01-exceptions")) << verb << finished.output;
        EXPECT_EQ(count(finished.output, "There is no post"), 1) << verb << finished.output;
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

// "=" is missing: ccache would not know the files again.
TEST(Door, WorksInAFolderOfAnyName) {
    const TemporaryFolder elsewhere;
    const std::filesystem::path folder =
        elsewhere.file(R"(-my kernel (1), 'a' "b" $c & ; # : % * \ ü!)");
    clone(folder);
    const Finished ran = make({"run", "POST=01", "BUILD=build"}, folder);
    EXPECT_TRUE(contains(ran.output, "It did not crash!\n")) << ran.output;
    const Finished debugged =
        run({folder / "common/debug/debug.sh", folder / "post-01-exceptions/build/kernel", "-batch",
             "-ex", "list", "-ex", "serial", "-ex", "kill"});
    EXPECT_TRUE(contains(debugged.output, "void kernel_main(")) << debugged.output;
    for (const char* verb : {"doctor", "clean"}) {
        const Finished finished = make({verb}, folder);
        EXPECT_EQ(finished.exit_code, 0) << finished.output;
    }
}

TEST(Door, RefusesSeveralPostsWhereOneIsMeant) {
    for (const char* verb : {"run", "debug", "bench"}) {
        const Finished finished = make({verb, "POST=01 02"});
        EXPECT_NE(finished.exit_code, 0) << verb;
        EXPECT_EQ(count(finished.output, "This command takes one post"), 1)
            << verb << finished.output;
    }
}

TEST(Door, TestsSeveralPostsWhenSeveralAreNamed) {
    const Finished finished = make({"-n", "test", "POST=01 03"});
    EXPECT_TRUE(contains(finished.output, "post-01-exceptions/machine=")) << finished.output;
    EXPECT_TRUE(contains(finished.output, "post-03-hardware-interrupts/machine="));
    EXPECT_FALSE(contains(finished.output, "post-02-double-faults"));
}

TEST(Door, ListsTheImagesWhenAskedForAnother) {
    for (const char* verb : {"run", "debug"}) {
        const Finished finished = make({verb, "POST=01", "IMAGE=tests/kernel/nothing"});
        EXPECT_NE(finished.exit_code, 0) << verb;
        EXPECT_EQ(count(finished.output, "There is no image \"tests/kernel/nothing\""), 1)
            << finished.output;
        EXPECT_TRUE(contains(finished.output, "\ntests/kernel/breakpoint\n")) << finished.output;
    }
}

// What the broken kernels print is each post's own test.
TEST(Door, BootsABrokenCopyOfAPostAndLeavesThePostAsItIs) {
    const std::filesystem::path stubs = root / "post-01-exceptions/kernel/interrupts/stubs.asm";
    const std::string before = read_file(stubs);
    const Finished finished = make({"run", "POST=01", "EXPERIMENT=error-code-not-popped"});
    EXPECT_NE(finished.exit_code, 0);
    EXPECT_TRUE(contains(finished.output, "the stubs leave the error code on the stack"))
        << finished.output;
    EXPECT_TRUE(contains(finished.output, "run.sh: the machine has reset")) << finished.output;
    EXPECT_EQ(read_file(stubs), before);
}

TEST(Door, ListsTheExperimentsOfAPost) {
    for (const char* name : {"EXPERIMENT=", "EXPERIMENT=nothing"}) {
        const Finished finished = make({"run", "POST=01", name});
        EXPECT_EQ(finished.exit_code == 0, std::string{name} == "EXPERIMENT=") << finished.output;
        EXPECT_TRUE(contains(finished.output, "\n  no-gate  ")) << finished.output;
        EXPECT_EQ(count(finished.output, "There is no experiment \"nothing\""),
                  finished.exit_code == 0 ? 0 : 1);
        EXPECT_FALSE(contains(finished.output, "It did not crash!")) << finished.output;
    }
}

TEST(Door, JudgesAnExercise) {
    const Finished before = make({"exercise", "POST=01", "NAME=count-breakpoints"});
    EXPECT_NE(before.exit_code, 0);
    EXPECT_TRUE(contains(before.output, "count-breakpoints: not solved yet.\n")) << before.output;
    const Finished after = make({"exercise", "POST=01", "NAME=count-breakpoints", "SOLUTION=1"});
    EXPECT_EQ(after.exit_code, 0) << after.output;
    EXPECT_TRUE(contains(after.output, "[ok] each is counted once\n")) << after.output;
    EXPECT_TRUE(contains(after.output, "count-breakpoints: solved.\n")) << after.output;
}

TEST(Door, ListsTheExercisesOfAPost) {
    const Finished all = make({"exercise", "POST=01"});
    EXPECT_EQ(all.exit_code, 0) << all.output;
    EXPECT_TRUE(contains(all.output, "  count-breakpoints   5 minutes   ")) << all.output;
    const Finished unknown = make({"exercise", "POST=01", "NAME=nothing"});
    EXPECT_NE(unknown.exit_code, 0);
    EXPECT_EQ(count(unknown.output, "There is no exercise \"nothing\""), 1) << unknown.output;
    const Finished elsewhere =
        make({"exercise", "POST=01", "NAME=count-breakpoints", "DIR=/nowhere"});
    EXPECT_NE(elsewhere.exit_code, 0);
    EXPECT_TRUE(contains(elsewhere.output, "/nowhere is not a kernel's folder"))
        << elsewhere.output;
}

TEST(Door, FuzzesForANumberOfSecondsOnly) {
    for (const char* seconds : {"5m", "0", "", "-1"}) {
        const Finished finished = make({"fuzz", "POST=06", std::string{"FUZZ_SECONDS="} + seconds});
        EXPECT_NE(finished.exit_code, 0) << seconds;
        EXPECT_EQ(count(finished.output, "is not a number of seconds"), 1) << finished.output;
    }
}

TEST(Door, WorksWhenCxxIsEmpty) {
    const Finished finished = make({"run", "POST=01", "CXX="});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_TRUE(contains(finished.output, "It did not crash!\n")) << finished.output;
}

TEST(Door, RefusesACompilerThatDoesNotExist) {
    for (const char* verb : {"run", "test", "debug"}) {
        const Finished finished = make({verb, "POST=01", "CXX=nonsense"});
        EXPECT_NE(finished.exit_code, 0) << verb;
        EXPECT_EQ(count(finished.output, "there is no command \"nonsense\""), 1) << finished.output;
        EXPECT_FALSE(contains(finished.output, "apt-get")) << finished.output;
    }
}

TEST(Door, BuildsInAFolderNamedAfterTheCompilerAndItsOptions) {
    for (const auto& [compiler, folder] :
         std::initializer_list<std::pair<const char*, const char*>>{
             {"CXX=g++ -O3", "build/g++_-O3"},
             {"CXX=env g++ -march=x86-64 -I/usr/include",
              "build/env_g++_-march_x86-64_-I_usr_include"}}) {
        const std::string elf = std::string{folder} + "-O2/kernel.elf";
        EXPECT_TRUE(
            contains(run({"make", "-n", "-B", "-C", root / "post-01-exceptions", compiler}).output,
                     "-o " + elf))
            << elf;
        const std::string tests = std::string{folder} + "/run_all";
        EXPECT_TRUE(contains(make({"-n", "test", "POST=01", compiler}).output, "common/" + tests));
        EXPECT_TRUE(contains(run({"make", "-n", "-B", "-C", root / "common", compiler}).output,
                             "-o " + tests));
    }
}

TEST(Door, LintsOnlyAfterItsSetUp) {
    const std::string steps = make({"-n", "lint"}).output;
    ASSERT_TRUE(contains(steps, "/lint.sh")) << steps;
    EXPECT_LT(steps.find("setup.sh lint"), steps.find("/lint.sh")) << steps;
}

TEST(Door, LocksAPostWhileItBuildsWhatFuzzesOrMeasuresIt) {
    const std::string fuzz = make({"-n", "fuzz", "POST=06"}).output;
    EXPECT_TRUE(contains(fuzz, "flock Makefile make --no-print-directory JOBS= fuzz_programs\n"))
        << fuzz;
    const std::string bench = make({"-n", "bench", "POST=06"}).output;
    EXPECT_TRUE(
        contains(bench, "flock $post/Makefile make --no-print-directory -C $post -s benchmarks"))
        << bench;
}

// A folder with links to some programs, to be the only folder in PATH.
class Programs {
public:
    explicit Programs(const Command& names) {
        for (const std::string& name : names) {
            const std::string found = run({"bash", "-c", "type -P " + name}).output;
            std::filesystem::create_symlink(found.substr(0, found.find('\n')),
                                            folder_.path() / name);
        }
    }

    void add_fake(const std::string& name, const std::string& body = "") {
        std::ofstream{folder_.path() / name} << "#!/bin/sh\n" << body << '\n';
        std::filesystem::permissions(folder_.path() / name, std::filesystem::perms::owner_all);
    }

    std::string path() const { return "PATH=" + folder_.path().string(); }

private:
    TemporaryFolder folder_;
};

// A post, copied into a folder of its own, without what was built.
class CopiedPost {
public:
    explicit CopiedPost(const std::string& name) {
        for (const char* part : {"Makefile", "run.sh", "boot", "kernel", "tests"}) {
            std::filesystem::copy(root / name / part, folder_.path() / part,
                                  std::filesystem::copy_options::recursive);
        }
    }

    std::string path() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
};

TEST(Door, CleansWithoutAnyOfTheTools) {
    const Programs programs{{"make", "sh", "nproc", "find", "rm", "tr"}};
    const CopiedPost post{"post-01-exceptions"};
    const Finished cleaned =
        run({"make", "-C", post.path(), "clean"}, {.environment = {programs.path()}});
    EXPECT_EQ(cleaned.exit_code, 0) << cleaned.output;
    const Finished built = run({"make", "-C", post.path()}, {.environment = {programs.path()}});
    EXPECT_TRUE(contains(built.output, "not installed: g++ nasm")) << built.output;
}

TEST(Door, KnowsTheNameThatFedoraGivesToTheToolsOfGrub) {
    Programs programs{{"make", "sh", "find", "nproc", "mkdir", "tr", "g++", "nasm", "ld", "objdump",
                       "strip", "xorriso", "mformat", "qemu-system-x86_64"}};
    programs.add_fake("grub2-mkrescue");
    programs.add_fake("grub2-file");
    const CopiedPost post{"post-01-exceptions"};
    const Finished finished =
        run({"make", "-n", "-C", post.path()}, {.environment = {programs.path()}});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_TRUE(contains(finished.output, "grub2-file --is-x86-multiboot2")) << finished.output;
    EXPECT_TRUE(contains(finished.output, "grub2-mkrescue ")) << finished.output;
}

// Killed, it would leave its files there: so this is a folder that `make clean` removes.
TEST(Door, LetsGrubWorkInTheBuildFolder) {
    const Finished finished = run({"make", "-n", "-B", "-C", root / "post-01-exceptions"});
    EXPECT_TRUE(contains(finished.output, "TMPDIR=build/g++-O2 grub-mkrescue")) << finished.output;
}

// Adds what the program prints. False at its end, or if the deadline has passed and nothing comes.
bool read_more(Process& process, Deadline& deadline, std::string& output) {
    const bool last_look = deadline.passed();
    const auto text = process.read(milliseconds{100});
    output += text.value_or("");
    return text && !(last_look && text->empty());
}

TEST(Door, ChecksForTheCiEndAtOnceAndLeaveNothingWhenTheyAreInterrupted) {
    for (const int signal : {SIGINT, SIGTERM}) {
        Programs programs{{"bash", "env", "dirname", "mktemp", "rm", "tee", "sleep"}};
        programs.add_fake(
            "make", "trap 'exit 2' INT TERM; echo \"begun: $1\"; while :; do sleep 0.1; done");
        const TemporaryFolder folder;
        Process process{{root / ".ci/run"},
                        {.environment = {programs.path(), "TMPDIR=" + folder.path().string()}}};
        std::string output;
        Deadline deadline{process.given_time(), std::chrono::minutes{1}};
        while (!contains(output, "begun: test")) {
            ASSERT_TRUE(read_more(process, deadline, output)) << output;
        }
        kill(-process.id(), signal);
        EXPECT_EQ(process.wait(std::chrono::minutes{1}), 128 + signal);
        output += process.read(milliseconds{0}).value_or("");
        EXPECT_FALSE(contains(output, "begun: lint")) << output;
        EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    }
}

TEST(Door, ChecksForTheCiCountAStepThatFailsAsFailed) {
    Programs programs{{"bash", "env", "dirname", "mktemp", "rm", "tee", "grep", "awk"}};
    programs.add_fake("make", "[ \"$1\" != check-stages ]");
    const Finished finished = run({root / ".ci/run"}, {.environment = {programs.path()}});
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_TRUE(finished.output.ends_with("\n0 passed, 1 failed\n")) << finished.output;
}

// As when the set-up for the tests has brought GRUB for a PC with UEFI.
TEST(Door, MakesAnImageAgainWhenGrubCanStartOnAnotherKindOfPc) {
    const CopiedPost post{"post-01-exceptions"};
    const TemporaryFolder grub;
    std::filesystem::create_directory(grub.file("i386-pc"));
    const std::string folder = "GRUB_FOLDER=" + grub.path().string();
    ASSERT_EQ(make({folder}, post.path()).exit_code, 0);
    const Finished same = run({"make", "-n", "-C", post.path(), folder});
    EXPECT_FALSE(contains(same.output, "grub-mkrescue")) << same.output;
    std::filesystem::create_directory(grub.file("arm64-efi"));
    const Finished another = run({"make", "-n", "-C", post.path(), folder});
    EXPECT_TRUE(contains(another.output, "grub-mkrescue")) << another.output;
}

TEST(Door, LetsTwoRunsInOneFolderBuildOneAfterTheOther) {
    const CopiedPost post{"post-01-exceptions"};
    const auto start = [&] {
        return std::make_unique<Process>(Command{"make", "-C", post.path(), "run"});
    };
    const auto first = start(), second = start();
    std::string output;
    for (const auto& process : {first.get(), second.get()}) {
        Deadline deadline{process->given_time(), std::chrono::minutes{5}};
        while (read_more(*process, deadline, output)) {
        }
        EXPECT_EQ(process->wait(std::chrono::minutes{5}), 0);
    }
    EXPECT_EQ(count(output, "  link "), 1) << output;
    EXPECT_EQ(count(output, "It did not crash!"), 2) << output;
    EXPECT_FALSE(contains(output, "warning")) << output;
}

TEST(Door, HelpFitsOnOneScreenAndNamesEveryCommand) {
    const Finished finished = make({"help"});
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_LE(std::count(finished.output.begin(), finished.output.end(), '\n'), 24);
    for (const char* verb : {"run", "test", "debug", "bench", "lines", "figures", "diff", "ripple",
                             "check-stages", "exercise", "doctor", "lint", "systems", "clean"}) {
        EXPECT_TRUE(contains(finished.output, std::string{"make "} + verb)) << verb;
    }
}

TEST(Door, DoctorFindsEveryPackageThatTheTestsNeed) {
    const Finished finished = make({"doctor"});
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_TRUE(contains(finished.output, "qemu-system-x86")) << finished.output;
}

} // namespace
