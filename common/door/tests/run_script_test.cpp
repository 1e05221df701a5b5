// When run.sh, without a terminal, decides that a kernel has nothing more to do. A script in place
// of QEMU reports which CPUs are halted. run.sh is the same in all posts.

#include "machine/file.hpp"
#include "machine/patterns.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace bench;

// The script: LOOKS has one character for each answer, '.' for a halted CPU and '#' for a busy one,
// and its last character is repeated. The script logs each answer in the file "answers".
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
        script = read_file(common_folder() / "../post-01-exceptions/run.sh");
        set("read -r -t 2", "read -r -t 600"); // waits as long as necessary for the script,
        set("asleep=.*", "asleep=1");          // which always counts as asleep
    }

    void set(const std::string& pattern, const std::string& replacement) {
        ASSERT_TRUE(contains_match(script, pattern)) << pattern;
        script = with_matches_replaced(script, pattern, replacement);
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

TEST_F(RunScript, LosesLittleTimeThroughOneTick) {
    const Finished finished = play(".......#.");
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    EXPECT_EQ(answers(), 7u + 1u + 5u);
}

TEST_F(RunScript, DoesNotEndWhileTheKernelWorksOften) {
    std::string often;
    for (int i = 0; i < 3; ++i) {
        often += "......##";
    }
    EXPECT_EQ(play(often + ".").exit_code, 0);
    EXPECT_GE(answers(), often.size());
}

// An interrupt may be pending: QEMU computes, or waits for a CPU.
TEST_F(RunScript, DoesNotEndWhileQemuHasWorkToDo) {
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

TEST_F(RunScript, GivesUpByTheWallClockIfQemuGetsNoCpuTime) {
    set("wall_clock_net=1800", "wall_clock_net=3");
    set("-t 600", "-t 1");
    const Finished finished = play(".", "kill -STOP $$");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("run.sh: gave up after 3 seconds"), std::string::npos)
        << finished.output;
}

} // namespace
