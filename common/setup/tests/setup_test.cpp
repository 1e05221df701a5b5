#include "rings/post_under_test.hpp"
#include "setup/tests/fake_machine.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// One package is there (bash), one is missing: the file "xorriso" on this machine.
class Setup : public testing::Test {
protected:
    void SetUp() override {
        machine.set_table("run | bash    | bash | runs scripts\n"
                          "run | xorriso | " +
                          proof + " | writes the ISO\n");
    }

    // What the real apt-get would do.
    void let_apt_bring(const std::string& file) {
        machine.add_program("apt-get", "echo \"$DEBIAN_FRONTEND: apt-get $*\" >>\"$LOG\"\n"
                                       "[ \"$1\" = update ] || : >" +
                                           file);
    }

    FakeMachine machine;
    const std::string proof = "./xorriso";
    const std::string installed =
        "noninteractive: apt-get update\n"
        "noninteractive: apt-get install -y --no-install-recommends xorriso\n";
};

TEST_F(Setup, SaysNothingAndInstallsNothingWhenAllIsThere) {
    machine.set_table("run | bash | bash | runs scripts");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.output, "");
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Setup, NamesEachMissingPackageAndWhatItIsFor) {
    const auto result = machine.run("setup.sh", "run");
    EXPECT_TRUE(contains(result.output, "xorriso              writes the ISO")) << result.output;
    EXPECT_FALSE(contains(result.output, "runs scripts")) << result.output;
}

TEST_F(Setup, UpdatesAndInstallsOnlyWhatIsMissing) {
    let_apt_bring(proof);
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, DoesNotAskWhenNobodyIsAtTheTerminal) {
    let_apt_bring(proof);
    EXPECT_FALSE(contains(machine.run("setup.sh", "run").output, "[Y/n]"));
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, DoesNotAskWhenOnlyItsOutputIsATerminal) {
    let_apt_bring(proof);
    machine.add_program("without-input", "exec \"$COMMON/setup/setup.sh\" run </dev/null");
    const auto result =
        bench::run({machine.path("bin/without-input")},
                   {.directory = machine.path("."),
                    .environment = {"PATH=" + machine.path("bin"), "LOG=" + machine.path("log"),
                                    "PACKAGES_TABLE=" + machine.path("packages"), "CI="},
                    .terminal = true});
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, DoesNotAskOnACiMachineEvenAtATerminal) {
    let_apt_bring(proof);
    machine.set("CI=true");
    const auto result = machine.run_at_terminal("setup.sh", "run", "n\n");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_FALSE(contains(result.output, "[Y/n]"));
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, InstallsWhenTheAnswerIsReturn) {
    let_apt_bring(proof);
    const auto result = machine.run_at_terminal("setup.sh", "run", "\n");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_TRUE(contains(result.output, "Install them now? [Y/n]")) << result.output;
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, PrintsTheCommandAndFailsWhenTheAnswerIsNo) {
    let_apt_bring(proof);
    const auto result = machine.run_at_terminal("setup.sh", "run", "n\n");
    EXPECT_FALSE(result.timed_out);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "apt-get install -y --no-install-recommends xorriso"))
        << result.output;
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Setup, TakesTheEndOfTheInputAsNo) {
    let_apt_bring(proof);
    const auto result = machine.run_at_terminal("setup.sh", "run", "\x04");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Setup, WorksWithItsInputClosed) {
    let_apt_bring(proof);
    const std::string script = bench::common_folder() / "setup/setup.sh";
    const auto result =
        bench::run({"bash", "-c", "exec \"$0\" run <&-", script},
                   {.directory = machine.path("."),
                    .environment = {"PATH=" + machine.path("bin"), "LOG=" + machine.path("log"),
                                    "PACKAGES_TABLE=" + machine.path("packages")}});
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, GoesThroughSudoWhenTheUserIsNotRoot) {
    machine.set_user(1000);
    let_apt_bring(proof);
    machine.add_program("sudo", "echo sudo >>\"$LOG\"; exec \"$@\"");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(machine.log(), "sudo\n" + installed);
}

TEST_F(Setup, AsksForThePasswordOnlyOnce) {
    machine.set_user(1000);
    machine.add_program("sudo", "echo sudo >>\"$LOG\"; exit 1"); // as after three wrong ones
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(machine.log(), "sudo\n");
}

TEST_F(Setup, ContinuesWithoutAWindowThatItCannotInstall) {
    machine.set("DISPLAY=:0");
    machine.set_table("window | gui | no-gui | shows");
    EXPECT_EQ(machine.run("setup.sh", "run").exit_code, 0);
    const auto refused = machine.run_at_terminal("setup.sh", "run", "n\n");
    EXPECT_EQ(refused.exit_code, 0);
    EXPECT_TRUE(contains(refused.output, "Continuing without a window")) << refused.output;
    machine.remove_program("apt-get");
    EXPECT_EQ(machine.run("setup.sh", "run").exit_code, 0);
    machine.set_table("window | gui | no-gui | shows\nrun | nasm | nasm | assembles");
    EXPECT_EQ(machine.run("setup.sh", "run").exit_code, 1);
}

TEST_F(Setup, PrintsTheCommandForRootWhenThereIsNoSudo) {
    machine.set_user(1000);
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "As root, type: apt-get update && apt-get install -y "
                                        "--no-install-recommends xorriso\n"))
        << result.output;
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Setup, NamesPackagesAndTheirProofsWhereThereIsNoApt) {
    machine.remove_program("apt-get");
    machine.set_table("run | nasm | nasm | assembles\nrun | xorriso | " + proof + " | writes");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "nasm                 the command nasm\n"))
        << result.output;
    EXPECT_TRUE(contains(result.output, "xorriso              the file " + proof + "\n"))
        << result.output;
}

TEST_F(Setup, FailsAndNamesWhatIsStillMissingAfterwards) {
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "Still missing:\n    xorriso")) << result.output;
    EXPECT_EQ(machine.log(), installed);
}

TEST_F(Setup, FailsWhenAptGetInstallFails) {
    machine.add_program("apt-get", "[ \"$1\" = update ]");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "apt-get install failed")) << result.output;
}

TEST_F(Setup, InstallsEvenWhenOneSourceOfPackagesCannotBeReached) {
    machine.add_program("apt-get", "[ \"$1\" = install ] && : >" + proof);
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_TRUE(contains(result.output, "apt-get update failed")) << result.output;
}

TEST_F(Setup, WritesNothingToStandardOutput) {
    machine.add_program("apt-get", "echo much talk; [ \"$1\" = update ] || : >" + proof);
    const std::string script = bench::common_folder() / "setup/setup.sh";
    const auto result = bench::run({"bash", "-c", "exec \"$0\" run 2>/dev/null", script},
                                   {.directory = machine.path("."),
                                    .environment = {"PATH=" + machine.path("bin"), "CI=true",
                                                    "PACKAGES_TABLE=" + machine.path("packages")}});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.output, "");
}

TEST_F(Setup, RefusesAGroupThatDoesNotExist) {
    EXPECT_EQ(machine.run("setup.sh", "everything").exit_code, 2);
    EXPECT_EQ(machine.run("setup.sh").exit_code, 2);
}

class Groups : public testing::Test {
protected:
    void SetUp() override {
        machine.set_table("run    | runner   | no-runner   | runs\n"
                          "window | windower | no-windower | shows\n"
                          "test,debug | prober | no-prober | looks\n"
                          "lint   | linter   | no-linter   | checks\n");
    }

    std::string packages_of(const std::string& group) {
        std::string packages;
        const std::string text = machine.run("setup.sh", group).output;
        for (const std::string package : {"runner", "windower", "prober", "linter"}) {
            if (contains(text, "    " + package + " ")) {
                packages += package + ' ';
            }
        }
        return packages;
    }

    FakeMachine machine;
};

TEST_F(Groups, IncludeThoseThatTheyDependOn) {
    EXPECT_EQ(packages_of("run"), "runner ");
    EXPECT_EQ(packages_of("test"), "runner prober ");
    EXPECT_EQ(packages_of("debug"), "runner prober ");
    EXPECT_EQ(packages_of("lint"), "linter ");
}

TEST_F(Groups, WantAWindowOnlyWhereThereIsADisplay) {
    machine.set("DISPLAY=:0");
    EXPECT_EQ(packages_of("run"), "runner windower ");
    EXPECT_EQ(packages_of("test"), "runner prober ");
    machine.set("DISPLAY=");
    machine.set("WAYLAND_DISPLAY=wayland-0");
    EXPECT_EQ(packages_of("debug"), "runner windower prober ");
}

TEST(Proofs, OfAFileMayBePatternsOfWhichOneIsEnough) {
    FakeMachine machine;
    machine.set_table("run | gui | ./nowhere,./b*n/bas? | shows");
    EXPECT_EQ(machine.run("setup.sh", "run").output, "");
}

TEST(Proofs, MayBeCommandsOfWhichOneIsEnough) {
    FakeMachine machine;
    machine.set_table("run | grub | no-grub,no-grub2 | makes");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "    grub  "));
    machine.add_program("no-grub2", "echo 2.12");
    EXPECT_EQ(machine.run("setup.sh", "run").output, "");
    EXPECT_TRUE(contains(machine.run("doctor.sh").output, " 2.12 "))
        << machine.run("doctor.sh").output;
}

TEST(Proofs, AreNotDanglingLinks) {
    FakeMachine machine;
    std::filesystem::create_symlink("nowhere", machine.path("link"));
    machine.set_table("run | bios | ./link | starts");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "bios"));
}

class Compiler : public testing::Test {
protected:
    void SetUp() override { machine.set_table("run | g++ | CXX | compiles"); }

    void add(const std::string& name, const std::string& title, const std::string& version) {
        machine.add_program(name, "if [ \"${*#*-dumpversion}\" != \"$*\" ]; then echo " + version +
                                      "; else echo \"" + title + " " + version + "\"; fi");
    }

    FakeMachine machine;
};

TEST_F(Compiler, IsGxxFromTwelveOn) {
    add("g++", "g++ (Debian)", "12");
    EXPECT_EQ(machine.run("setup.sh", "run").output, "");
}

TEST_F(Compiler, IsRefusedWithAdviceWhenItIsTooOld) {
    add("g++", "g++ (Debian)", "11.4.0");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "g++ is too old")) << result.output;
    EXPECT_TRUE(contains(result.output, "make CXX=g++-12")) << result.output;
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Compiler, IsTheOneThatTheEnvironmentNames) {
    add("g++", "g++ (Debian)", "11.4.0");
    add("clang++", "Debian clang version", "16.0.6");
    machine.set("CXX=clang++");
    EXPECT_EQ(machine.run("setup.sh", "run").output, "");
    add("clang++", "Debian clang version", "15.0.7");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_TRUE(contains(result.output, "clang++ is too old")) << result.output;
    EXPECT_TRUE(contains(result.output, "make CXX=clang++-16")) << result.output;
}

TEST_F(Compiler, IsRefusedWhenNoPackageHasItsName) {
    for (const std::string name : {"nonsense", "wrap g++", "/opt/nothing/g++"}) {
        machine.set("CXX=" + name);
        const auto result = machine.run("setup.sh", "run");
        EXPECT_EQ(result.exit_code, 1);
        EXPECT_TRUE(contains(result.output, "there is no command \"")) << result.output;
        EXPECT_EQ(machine.log(), "");
    }
}

TEST_F(Compiler, MayHaveOptionsAfterIt) {
    add("g++", "g++ (Debian)", "12");
    machine.set("CXX=g++ -O3 -isystem nowhere");
    EXPECT_EQ(machine.run("setup.sh", "run").output, "");
}

TEST_F(Compiler, ComesFromThePackageThatMatchesItsName) {
    machine.set("CXX=clang++");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "    clang  "));
    machine.set("CXX=clang++-17");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "    clang-17  "));
    machine.add_program("ccache", "exit 127");
    machine.set("CXX=ccache g++-13");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "    g++-13  "));
    machine.set("CXX=");
    EXPECT_TRUE(contains(machine.run("setup.sh", "run").output, "    g++  "));
}

// As on Debian 12, whose own clang is 14.
TEST_F(Compiler, IsNotInstalledWhenTheDistributionsIsTooOld) {
    machine.add_program("apt-cache", "echo '  Candidate: 1:14.0-55.7~deb12u1'");
    machine.set("CXX=clang++");
    const auto result = machine.run("setup.sh", "run");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "make CXX=clang++-16")) << result.output;
    EXPECT_EQ(machine.log(), "");
}

class VersionedPackage : public testing::Test {
protected:
    void SetUp() override {
        machine.set_table("test | clang>=16 | clang++>=16 | compiles\n"
                          "test | libclang-rt-dev>=16 | ./asan.a | watches");
    }

    std::string missing_where_apt_offers(const std::string& version) {
        machine.add_program("apt-cache", "echo '  Candidate: 1:" + version + "'");
        return machine.run("setup.sh", "test").output;
    }

    void add(const std::string& name, const std::string& version) {
        machine.add_program(name, "echo Debian clang version " + version);
    }

    FakeMachine machine;
};

TEST_F(VersionedPackage, IsTheDistributionsDefaultWhereThatIsNewEnough) {
    const std::string output = missing_where_apt_offers("19.0-63");
    EXPECT_TRUE(contains(output, "    clang  ")) << output;
    EXPECT_TRUE(contains(output, "    libclang-rt-dev  ")) << output;
}

TEST_F(VersionedPackage, IsTheNumberedOneWhereTheDefaultIsTooOld) {
    const std::string output = missing_where_apt_offers("14.0-55.7~deb12u1");
    EXPECT_TRUE(contains(output, "    clang-16  ")) << output;
    EXPECT_TRUE(contains(output, "    libclang-rt-16-dev  ")) << output;
}

TEST_F(VersionedPackage, IsThereUnderEitherName) {
    machine.set_table("test | clang>=16 | clang++>=16 | compiles");
    add("clang++", "14.0.6");
    EXPECT_TRUE(contains(machine.run("setup.sh", "test").output, "    clang  "));
    add("clang++-17", "17.0.6");
    EXPECT_EQ(machine.run("setup.sh", "test").output, "");
    EXPECT_EQ(machine.run("llvm.sh", "clang++").output, "clang++-17\n");
    add("clang++", "19.1.7");
    EXPECT_EQ(machine.run("llvm.sh", "clang++").output, "clang++\n");
}

TEST_F(VersionedPackage, IsMissingWhenNoneIsNewEnough) {
    add("clang++", "14.0.6");
    EXPECT_EQ(machine.run("llvm.sh", "clang++").exit_code, 1);
    EXPECT_EQ(machine.run("llvm.sh", "clang++").output, "");
}

} // namespace
