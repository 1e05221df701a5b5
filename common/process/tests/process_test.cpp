// Programs that end, programs that do not end, and programs that get no time.
#include "process/process.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(RunProgram, ReturnsItsExitCodeAndAllOfItsOutput) {
    const Finished finished = run({"bash", "-c", "printf '%100000d\n' 1; echo 2 >&2; exit 3"});
    EXPECT_EQ(finished.exit_code, 3);
    EXPECT_EQ(finished.output, std::string(99'999, ' ') + "1\n2\n");
    EXPECT_FALSE(finished.timed_out);
}

TEST(RunProgram, SaysThatThereIsNoSuchProgram) {
    const Finished finished = run({"no-such-program"});
    EXPECT_EQ(finished.exit_code, 127);
    EXPECT_TRUE(contains(finished.output, "no-such-program: No such file")) << finished.output;
}

TEST(RunProgram, GivesItOurVariablesAndTheLastOfThoseWithOneName) {
    const auto variables = run({"env"}, {.environment = {"TERM=one", "TERM=two"}}).output;
    EXPECT_TRUE(contains(variables, std::string{"PATH="} + std::getenv("PATH"))) << variables;
    EXPECT_TRUE(contains(variables, "TERM=two\n")) << variables;
    EXPECT_FALSE(contains(variables, "TERM=one\n")) << variables;
}

// The test ignores SIGINT, as background jobs of a shell do.
TEST(RunProgram, LetsItBeInterruptedEvenIfWeIgnoreTheSignal) {
    const auto before = std::signal(SIGINT, SIG_IGN);
    const Finished finished = run({"bash", "-c", "kill -INT $$; echo still here"});
    std::signal(SIGINT, before);
    EXPECT_EQ(finished.exit_code, 128 + SIGINT) << finished.output;
}

TEST(RunProgram, GivesItTheSameAddressesEachTimeOnRequest) {
    if (run({"setarch", "-R", "true"}).exit_code != 0) {
        GTEST_SKIP() << "this host always randomizes addresses";
    }
    const auto addresses = [] {
        return run({"grep", "stack", "/proc/self/maps"}, {.fixed_addresses = true}).output;
    };
    EXPECT_TRUE(contains(addresses(), "[stack]"));
    EXPECT_EQ(addresses(), addresses());
}

TEST(RunProgram, KillsOneThatComputesForEver) {
    const Finished finished = run({"bash", "-c", "echo start; while :; do :; done"}, {}, 500ms);
    EXPECT_TRUE(finished.timed_out);
    EXPECT_EQ(finished.exit_code, 137);
    EXPECT_EQ(finished.output,
              "start\n\nbash was killed: it has not ended after it was given 500 ms\n");
}

TEST(RunProgram, KillsOneThatPrintsForEver) {
    const Finished finished = run({"yes"}, {}, 300ms);
    EXPECT_TRUE(finished.timed_out);
    EXPECT_TRUE(contains(finished.output, "y\n\nyes was killed: ")) << finished.exit_code;
}

TEST(RunProgram, KillsOneThatSleepsForEver) {
    const Finished finished = run({"sleep", "100000"}, {}, 500ms);
    EXPECT_TRUE(finished.timed_out);
    EXPECT_TRUE(contains(finished.output, "after it was given 500 ms")) << finished.output;
}

TEST(RunProgram, KillsOneThatClosesItsOutputAndGoesOn) {
    const Finished finished =
        run({"bash", "-c", "exec > /dev/null 2>&1; while :; do :; done"}, {}, 500ms);
    EXPECT_TRUE(finished.timed_out);
    EXPECT_EQ(finished.exit_code, 137);
}

TEST(RunProgram, GivesNoVerdictOnOneThatGetsNoTime) {
    const Finished finished = run({"bash", "-c", "kill -STOP $$"}, {}, 1s, 4s);
    EXPECT_TRUE(finished.timed_out);
    EXPECT_TRUE(
        contains(finished.output, "no verdict: the wall-clock limit of 4 s ended this wait"))
        << finished.output;
}

// A parent that ends without a word, and whose child writes to this pipe when it is terminated.
TEST(Process, IsTerminatedWithUsAndCanCleanUp) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
    const pid_t parent = fork();
    if (parent == 0) {
        const std::string script = "trap 'echo clean >&" + std::to_string(ends[1]) +
                                   "; exit' TERM\n" +
                                   "echo ready; for i in {1..600}; do sleep 0.1; done";
        Process child{{"bash", "-c", script}, {.inherited = {ends[1]}}};
        while (child.read(100ms).value_or("ready").empty()) {
        }
        _exit(0);
    }
    close(ends[1]);
    EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
    std::string said(100, '\0');
    said.resize(static_cast<std::size_t>(read(ends[0], said.data(), said.size())));
    EXPECT_EQ(said, "clean\n");
    close(ends[0]);
}

TEST(ProcessWait, ReturnsNothingWhileTheProgramRuns) {
    Process program{{"sleep", "100000"}};
    EXPECT_EQ(program.wait(300ms), std::nullopt);
    EXPECT_EQ(program.kill(), 137);
    EXPECT_EQ(program.wait(0ms), 137);
}

} // namespace
} // namespace bench
