// When to stop waiting for a program.
#pragma once

#include "process/given_time.hpp"

#include <chrono>
#include <stdexcept>

namespace bench {

// The limit for any wait by the wall clock. It ends a wait for a program that gets almost no time,
// because it is stopped or the host is far too busy.
constexpr milliseconds wall_clock_net = std::chrono::minutes{30};

// The wall-clock limit has ended a wait: what the program would have done is unknown.
struct NoVerdict : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Deadline {
public:
    // Passes once `time` has advanced by `patience`. `time` must outlive the deadline.
    Deadline(GivenTime& time, milliseconds patience, milliseconds net = wall_clock_net);

    // Call this before checking for the event, and use the result only if the check fails: the host
    // may give the program all of its time between two of our statements. Throws NoVerdict if the
    // wall-clock limit `net` passes first.
    bool passed();

    // Returns the time that is left, rounded up and at most `step`. It is zero only once the
    // deadline has passed.
    milliseconds left(milliseconds step);

private:
    GivenTime* time_;
    milliseconds start_;
    milliseconds patience_;
    milliseconds net_;
    GivenTime::Clock::time_point wall_clock_start_;
};

} // namespace bench
