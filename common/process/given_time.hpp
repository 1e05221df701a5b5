// Measures how much time the host gives a program: a stopwatch that stops while the program waits
// for a CPU, and so shows the same on a busy host as on a quiet one.
//
// While a program computes, its CPU time counts. While it sleeps, as a halted machine does, the
// time that passes counts. Nothing counts while it waits for a CPU or a disk, or is stopped by a
// signal.
//
// so_far() checks whether the program sleeps. Between two looks at most two steps count as sleep.
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

    // Looks are at least a step apart, because each one takes time.
    GivenTime(Look look, milliseconds step, Now now = Clock::now);

    // Returns the time since this stopwatch was made. Call it about once per step.
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
