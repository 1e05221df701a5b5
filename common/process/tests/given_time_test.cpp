// What deadlines count, first with a simulated program, then with real ones.
#include "process/deadline.hpp"
#include "process/process.hpp"

#include <csignal>
#include <gtest/gtest.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds step = 50ms;

// A simulated program and a wall clock, both controlled by the test.
class GivenTimeOf : public testing::Test {
protected:
    GivenTimeOf()
        : given{[this] {
                    ++looks;
                    return program;
                },
                step, [this] { return GivenTime::Clock::time_point{} + wall_clock; }} {}

    void pass(milliseconds time, milliseconds cpu_time, bool asleep) {
        wall_clock += time;
        program.cpu_time += cpu_time;
        program.asleep = asleep;
    }

    Activity program{.cpu_time = 7s}; // from before the stopwatch
    milliseconds wall_clock = 1h;
    int looks = 0;
    GivenTime given;
};

TEST_F(GivenTimeOf, AProgramThatComputesIsItsCpuTime) {
    for (int i = 0; i < 10; ++i) {
        pass(100ms, 90ms, false);
        given.so_far();
    }
    EXPECT_EQ(given.so_far(), 900ms);
}

TEST_F(GivenTimeOf, AProgramThatSleepsIsTheTimeThatPasses) {
    for (int i = 0; i < 10; ++i) {
        pass(100ms, 1ms, true);
        given.so_far();
    }
    EXPECT_EQ(given.so_far(), 1000ms);
}

TEST_F(GivenTimeOf, AProgramThatWaitsForACpuIsNothing) {
    for (int i = 0; i < 100; ++i) {
        pass(100ms, 0ms, false);
        given.so_far();
    }
    EXPECT_EQ(given.so_far(), 0ms);
}

TEST_F(GivenTimeOf, AProgramThatWakesNowAndThenIsNearlyTheTimeThatPasses) {
    for (int i = 0; i < 100; ++i) {
        pass(50ms, 2ms, i % 10 != 0); // one look in ten finds it in the handler of a tick
        given.so_far();
    }
    EXPECT_EQ(given.so_far(), 90 * 50ms + 10 * 2ms);
}

TEST_F(GivenTimeOf, SleepBetweenTwoLooksIsTwoStepsAtMost) {
    pass(10s, 0ms, true);
    EXPECT_EQ(given.so_far(), 2 * step);
}

TEST_F(GivenTimeOf, WorkBetweenTwoLooksIsAllOfIt) {
    pass(10s, 4s, true);
    EXPECT_EQ(given.so_far(), 4s);
}

TEST_F(GivenTimeOf, AProgramIsNotLookedAtMoreThanOncePerStep) {
    const int before = looks;
    for (int i = 0; i < 100; ++i) {
        pass(1ms, 1ms, false);
        given.so_far();
    }
    EXPECT_EQ(looks - before, 2);
}

TEST_F(GivenTimeOf, AFamilyCountsNoTimeTwiceIfAChildIsMissedOnce) {
    pass(100ms, 50ms, false);
    EXPECT_EQ(given.so_far(), 50ms);
    pass(100ms, -40ms, false);
    EXPECT_EQ(given.so_far(), 50ms);
    pass(100ms, 60ms, false);
    EXPECT_EQ(given.so_far(), 70ms);
}

TEST_F(GivenTimeOf, ADeadlinePassesWhenThePatienceIsUsedUp) {
    Deadline deadline{given, 300ms, 10s};
    for (int i = 0; i < 50; ++i) {
        pass(100ms, 0ms, false); // waits for a CPU
        EXPECT_FALSE(deadline.passed());
    }
    pass(100ms, 90ms, false);
    EXPECT_FALSE(deadline.passed());
    EXPECT_EQ(deadline.left(1s), 210ms);
    EXPECT_EQ(deadline.left(20ms), 20ms);
    pass(400ms, 300ms, false);
    EXPECT_TRUE(deadline.passed());
    EXPECT_EQ(deadline.left(1s), 0ms);
}

TEST_F(GivenTimeOf, ADeadlineIsNoVerdictIfTheWallClockLimitPassesFirst) {
    Deadline deadline{given, 300ms, 10s};
    pass(9s, 10ms, false);
    EXPECT_FALSE(deadline.passed());
    pass(1s, 10ms, false);
    try {
        deadline.passed();
        FAIL() << "expected NoVerdict";
    } catch (const NoVerdict& caught) {
        EXPECT_EQ(std::string{caught.what()},
                  "no verdict: the wall-clock limit of 10 s ended this wait. The program was given "
                  "only 20 ms of 300 ms: it is stopped, or the host is far too busy.\n");
    }
}

TEST_F(GivenTimeOf, ADeadlineOfNoTimeHasPassed) {
    EXPECT_TRUE((Deadline{given, 0ms, 10s}.passed()));
}

// Looks until `what` is true of the program. Returns false if the wall-clock limit passes first.
template <typename Sign>
bool comes(Process& program, Sign sign) {
    const auto net = GivenTime::Clock::now() + wall_clock_net;
    while (GivenTime::Clock::now() < net) {
        if (sign(activity_of_family(program.id()))) {
            return true;
        }
        program.read(10ms);
    }
    return false;
}

TEST(Activity, OfAProgramThatSleepsIsSleep) {
    Process program{{"sleep", "1000"}};
    EXPECT_TRUE(comes(program, [](Activity activity) { return activity.asleep; }));
}

TEST(Activity, OfAProgramThatComputesIsCpuTime) {
    Process program{{"bash", "-c", "while :; do :; done"}};
    EXPECT_TRUE(comes(program, [](Activity activity) { return activity.cpu_time > 300ms; }));
    EXPECT_FALSE(activity_of(program.id()).asleep);
}

TEST(Activity, OfAFamilyIncludesChildrenInOtherProcessGroups) {
    // If this test is killed, nothing but the limit ends a process in a group of its own.
    Process program{{"bash", "-c", "ulimit -t 60; setsid bash -c 'while :; do :; done' & wait"}};
    EXPECT_TRUE(comes(program, [](Activity activity) { return activity.cpu_time > 300ms; }));
    EXPECT_FALSE(activity_of_family(program.id()).asleep);
    EXPECT_LT(activity_of(program.id()).cpu_time, 300ms);
    EXPECT_EQ(run({"pkill", "-KILL", "-P", std::to_string(program.id())}).exit_code, 0);
}

TEST(Activity, OfAFamilyIncludesChildrenThatHaveEnded) {
    Process program{{"bash", "-c", "( for ((i = 0; i < 200000; i++)); do :; done ); echo; read"},
                    {.terminal = true}};
    const auto alone_and_asleep = [&](Activity activity) {
        return activity.asleep && activity.cpu_time > 50ms;
    };
    EXPECT_TRUE(comes(program, alone_and_asleep));
}

TEST(Activity, OfAStoppedProgramIsNotSleep) {
    Process program{{"sleep", "1000"}};
    EXPECT_TRUE(comes(program, [](Activity activity) { return activity.asleep; }));
    kill(program.id(), SIGSTOP);
    EXPECT_TRUE(comes(program, [](Activity activity) { return !activity.asleep; }));
    kill(program.id(), SIGCONT);
}

TEST(Activity, OfAProgramThatHasEndedIsNone) {
    Process program{{"true"}};
    program.wait(10s);
    EXPECT_EQ(activity_of(program.id()).cpu_time, 0ms);
    EXPECT_FALSE(activity_of_family(program.id()).asleep);
}

} // namespace
} // namespace bench
