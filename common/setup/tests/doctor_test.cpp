#include "rings/post_under_test.hpp"
#include "setup/tests/fake_machine.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <string_view>

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

const std::string all_there = "run  | nasm   | nasm   | assembles\n"
                              "test | prober | bash   | looks\n";

class Doctor : public testing::Test {
protected:
    void SetUp() override {
        machine.set_table(all_there);
        machine.add_program("nasm", "echo 'NASM version 2.16.01 compiled on Oct 1 2020'");
    }

    FakeMachine machine;
};

TEST_F(Doctor, ShowsEachPackageWithItsVersionAndPurpose) {
    const auto result = machine.run("doctor.sh");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.output, "  ok       nasm                2.16.01   assembles\n"))
        << result.output;
    EXPECT_TRUE(contains(result.output, "\nNothing is missing.\n")) << result.output;
}

TEST_F(Doctor, FailsAndNamesOneCommandWhenTheKernelsCouldNotBeTested) {
    machine.set_table(all_there + "run | qemu | no-qemu | boots\ntest | bochs | no-bochs | too\n");
    const auto result = machine.run("doctor.sh");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "  missing  qemu                -         boots\n"))
        << result.output;
    EXPECT_TRUE(contains(result.output, "apt-get install --no-install-recommends qemu bochs\n"))
        << result.output;
}

TEST_F(Doctor, SucceedsWithoutWhatOnlyLintingNeeds) {
    machine.set_table(all_there + "lint | tidy | no-tidy | checks\n");
    const auto result = machine.run("doctor.sh");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.output, "apt-get install --no-install-recommends tidy\n"));
}

TEST_F(Doctor, FailsWhenTheCompilerIsTooOld) {
    machine.set_table(all_there + "run | g++ | CXX | compiles\n");
    machine.add_program("g++", "echo 10.2.1");
    const auto result = machine.run("doctor.sh");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.output, "  too old  g++                 10.2.1    compiles\n"))
        << result.output;
    EXPECT_FALSE(contains(result.output, "Nothing is missing")) << result.output;
}

TEST_F(Doctor, NeverInstalls) {
    machine.set_table("run | qemu | no-qemu | boots");
    machine.run("doctor.sh");
    EXPECT_EQ(machine.log(), "");
}

TEST_F(Doctor, UsesColourOnlyAtATerminal) {
    EXPECT_FALSE(contains(machine.run("doctor.sh").output, "\x1b["));
    EXPECT_TRUE(contains(machine.run_at_terminal("doctor.sh", "", "").output, "\x1b[32mok"));
}

// The table that readers get, on the machine that runs this test.
TEST(Table, FitsIntoEightyColumns) {
    const std::string script = bench::common_folder() / "setup/doctor.sh";
    std::istringstream lines{bench::run({script}, {.environment = {"DISPLAY=:0", "CXX="}}).output};
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("To install", 0) != 0) {
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

TEST(Table, GivesEveryPackageAGroupAProofAndAPurpose) {
    std::ifstream table{bench::common_folder() / "setup/packages"};
    int rows = 0;
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        ++rows;
        std::istringstream columns{line};
        std::string groups, package, proof, purpose;
        std::getline(columns, groups, '|');
        std::getline(columns, package, '|');
        std::getline(columns, proof, '|');
        std::getline(columns, purpose);
        EXPECT_NE(groups.find_first_not_of(' '), std::string::npos) << line;
        EXPECT_NE(package.find_first_not_of(' '), std::string::npos) << line;
        EXPECT_NE(proof.find_first_not_of(' '), std::string::npos) << line;
        EXPECT_NE(purpose.find_first_not_of(' '), std::string::npos) << line;
        EXPECT_EQ(purpose.find('|'), std::string::npos) << line;
    }
    EXPECT_GT(rows, 20);
}

} // namespace
