// A machine that does not do what it should is caught.

#include "../../machine/tests/boot_sector.hpp"
#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/promise.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using namespace bench;

// What is found to be wrong.
std::string fault(const std::string& sector, const Promise& promise) {
    Machine machine{boot_sector(sector)};
    return broken(promise, machine);
}

TEST(Promise, IsKeptByAMachineThatDoesWhatItShould) {
    EXPECT_EQ(fault("passes", {"passes", "^first line\n"}), "");
    EXPECT_EQ(fault("triple_faults", {"resets", "^last words\n$"}), "");
    EXPECT_EQ(fault("panics", {"panics", "the sky fell\nend of the message\n$"}), "");
    EXPECT_EQ(fault("halts", {"halts", "^ready\n$"}), "");
    EXPECT_EQ(fault("hangs", {"loops", "^going round .*\n$"}), "");
    EXPECT_EQ(fault("talks_long", {"goes on", "repeated(.|\n)*repeated"}), "");
}

struct Broken {
    std::string sector;
    Promise promise;
    std::string difference;
};

class BrokenPromise : public testing::TestWithParam<Broken> {};

TEST_P(BrokenPromise, IsFound) {
    const std::string found = fault(GetParam().sector, GetParam().promise);
    EXPECT_TRUE(found.starts_with(GetParam().difference)) << found;
}

const Broken broken_promises[] = {
    {"fails", {"passes", ""}, "it failed: exit code 35"},
    {"passes", {"resets", ""}, "it passed: exit code 33"},
    {"passes", {"passes", "second line"}, "it prints something else"},
    {"resets", {"panics", ""}, "it reset"},
    {"triple_faults", {"resets", "^words"}, "it prints something else"},
    {"panics", {"panics", "the sky holds"}, "it prints something else"},
    {"panics", {"resets", "the sky fell"}, "it panicked"},
    {"halts_for_good", {"loops", "^good night\n$"}, "the CPU is halted, not busy"},
    {"hangs", {"halts", "^going round .*\n$"}, "the CPU is busy, not halted"},
    {"talks_long", {"halts", "\\.\\.\\. a line"}, "it does not stand still"},
    {"panics", {"halts", "booting\n\nKERNEL PANIC: .*\n$"}, "it prints something else"},
    {"triple_faults", {"goes on", "first words"}, "it prints something else"},
    {"passes", {"halts", "^first line\n", "abc"}, "it does not ask for input"},
};

INSTANTIATE_TEST_SUITE_P(Machines, BrokenPromise, testing::ValuesIn(broken_promises));

// As on a host with far too many programs, QEMU runs for a moment now and then. It is found asleep
// so seldom that it may seem to compute.
TEST(Promise, IsJudgedTheSameIfTheMachineIsGivenLittleTime) {
    const TemporaryFolder folder;
    const std::filesystem::path program = folder.file("qemu");
    write_file(program, "#!/bin/sh\necho $$ > \"$0.id\"\nexec qemu-system-x86_64 \"$@\"\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    Machine machine{boot_sector("halts"), {.program = program}};
    ASSERT_TRUE(machine.wait_for("ready\n"));
    const pid_t id = std::stoi(read_file(program.string() + ".id"));
    const std::jthread host{[id](const std::stop_token& end) {
        for (std::minstd_rand random; !end.stop_requested();) {
            kill(id, SIGSTOP);
            std::this_thread::sleep_for(milliseconds{random() % 40});
            kill(id, SIGCONT);
            std::this_thread::sleep_for(milliseconds{random() % 20});
        }
    }};
    EXPECT_EQ(broken({"halts", "^ready\n$"}, machine), "");
    EXPECT_EQ(broken({"loops", "^ready\n$"}, machine), "the CPU is halted, not busy");
}

Promise written(const std::string& text) {
    const TemporaryFolder folder;
    write_file(folder.file("promise"), text);
    return read_promise(folder.file("promise"));
}

TEST(Promise, IsReadFromTheFirstLinesOfAFile) {
    const Promise patch = written("Breaks: a thing.\nShows: another: this.\nEnds: goes on\n"
                                  "Type: a b\nPrints: one\\ntwo$\n\nEnds: halts\n");
    EXPECT_EQ(patch.ends, "goes on");
    EXPECT_EQ(patch.type, "a b");
    EXPECT_EQ(patch.prints, "one\\ntwo$");
    const Promise source = written("// Ends: panics\n// Prints: x\n\n#include <array>\n");
    EXPECT_EQ(source.ends, "panics");
    EXPECT_EQ(source.prints, "x");
    EXPECT_EQ(written("// A test. It says: nothing.\n").ends, "passes");
}

TEST(Promise, OfAnEndThatDoesNotExistIsRefused) {
    EXPECT_THROW(written("Ends: happily\n"), std::runtime_error);
}

TEST(Promise, WithANameThatDoesNotExistIsRefused) {
    EXPECT_THROW(written("Ends: passes\nPrint: x\n"), std::runtime_error);
    EXPECT_THROW(written("// prints: x\n"), std::runtime_error);
}

} // namespace
