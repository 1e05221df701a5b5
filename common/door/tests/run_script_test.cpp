// When run.sh, without a terminal, takes a kernel for one that has come to rest. A script plays
// QEMU: it says which CPUs are halted, as the test wants it. The script is the same in all posts.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>

namespace {

using namespace bench;

// What the actor says and does: LOOKS has one character for each question, '.' for a halted CPU,
// '#' for a busy one; the last one is repeated. Each answer is noted in the file "answers".
constexpr std::string_view actor = R"(#!/usr/bin/env bash
while [[ $1 != -monitor ]]; do shift; done
monitor=${2#pipe:}
exec < "$monitor.in" > "$monitor.out"
eval "$BEFORE"
for ((i = 0; ; i++)); do
    while [[ -n $busy ]] && ! read -t 0; do :; done
    read -r question
    [[ $question != quit ]] || exit 0
    look=${LOOKS:i:1}
    case ${look:-${LOOKS: -1}} in
        .) echo "RIP=0 HLT=1" ;;
        '#') echo "RIP=0 HLT=0" ;;
    esac
    echo >> "$(dirname "$0")/answers"
done
)";

class RunScript : public testing::Test {
protected:
    void SetUp() override {
        script = read_file(std::string{std::getenv("COMMON")} + "/../post-01-exceptions/run.sh");
        set("read -r -t 2", "read -r -t 600"); // however long the actor waits for a CPU,
        set("asleep=.*", "asleep=1");          // it always sleeps
    }

    void set(const std::string& pattern, const std::string& replacement) {
        ASSERT_TRUE(std::regex_search(script, std::regex{pattern})) << pattern;
        script = std::regex_replace(script, std::regex{pattern}, replacement);
    }

    Finished play(const std::string& looks, const std::string& before = ":") {
        write_file(folder.file("run.sh"), script);
        write_file(folder.file("qemu-system-x86_64"), std::string{actor});
        for (const char* name : {"run.sh", "qemu-system-x86_64"}) {
            std::filesystem::permissions(folder.file(name), std::filesystem::perms::owner_all);
        }
        return run({folder.file("run.sh"), "no.iso"},
                   {.environment = {"PATH=" + folder.path().string() + ":" + std::getenv("PATH"),
                                    "LOOKS=" + looks, "BEFORE=" + before}});
    }

    std::size_t answers() {
        const std::string all = read_file(folder.file("answers"));
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
    }

    TemporaryFolder folder;
    std::string script;
};

TEST_F(RunScript, EndsWhenTheCpuHasRestedForTwoSeconds) {
    const Finished finished = play("###.");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_EQ(answers(), 3u + 8u);
}

TEST_F(RunScript, LosesLittleTimeByOneTick) {
    const Finished finished = play(".......#.");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_EQ(answers(), 7u + 1u + 5u);
}

TEST_F(RunScript, DoesNotTakeAKernelThatOftenWorksForOneThatRests) {
    std::string often;
    for (int i = 0; i < 3; ++i) {
        often += "......##";
    }
    EXPECT_EQ(play(often + ".").exit_code, 0);
    EXPECT_GE(answers(), often.size());
}

// An interrupt is on its way to the CPU, or may be: QEMU computes, or would if it got a CPU.
TEST_F(RunScript, DoesNotTakeAHaltedCpuForRestWhileQemuHasWorkToDo) {
    set("asleep=1", "asleep=$$(qemu_sleeps && echo 1 || echo 0)");
    set("patience=60", "patience=3");
    const Finished finished = play(".", "busy=yes");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("still busy after 3 seconds"), std::string::npos)
        << finished.output;
}

TEST_F(RunScript, FailsWhenTheKernelHasUsedUpItsCpuTime) {
    set("patience=60", "patience=1");
    const Finished finished = play("#", "for ((i = 0; i < 1000000; i++)); do :; done");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_EQ(finished.output, "run.sh: the kernel was still busy after 1 seconds of CPU time\n");
}

TEST_F(RunScript, GivesUpByTheClockOnAQemuThatGetsNoCpuTime) {
    set("wall_clock_net=900", "wall_clock_net=3");
    set("-t 600", "-t 1");
    const Finished finished = play(".", "kill -STOP $$");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("run.sh: gave up after 3 seconds"), std::string::npos)
        << finished.output;
}

} // namespace
