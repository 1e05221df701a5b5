// How much time the host has given a program: a stopwatch that stands still while the program
// waits for a CPU, so that it shows on a busy host what it shows on a quiet one.
//
// A program that computes is given the CPU time that it uses. A program that sleeps wants no CPU:
// it is given the time that passes, as a halted machine is, whose clocks and timers go on. A
// program that is ready to run and does not get a CPU, that waits for a disk, or that is stopped
// by a signal, is given nothing.
//
// Whether a program sleeps is seen only when so_far() looks at it. Between two looks at most two
// steps count as sleep, however far apart the looks are.
#pragma once

#include "process/activity.hpp"

#include <chrono>
#include <functional>

namespace bench {

class GivenTime {
public:
    using Clock = std::chrono::steady_clock;
    using Look = std::function<Activity()>;
    using Now = std::function<Clock::time_point()>;

    // Looks are at least a step apart, since each one costs time itself.
    GivenTime(Look look, milliseconds step, Now now = Clock::now);

    // Since this stopwatch was made. Ask about once per step for as long as it matters.
    milliseconds so_far();

    Clock::time_point now() const { return now_(); }

private:
    Look look_;
    milliseconds step_;
    Now now_;
    Clock::time_point looked_at_;
    milliseconds cpu_time_;
    milliseconds so_far_{0};
};

} // namespace bench
