// When to stop waiting for a program.
#pragma once

#include "process/given_time.hpp"

#include <chrono>
#include <stdexcept>

namespace bench {

// The wall clock says nothing about a program: the host may be busy with others. It is a net for
// a program that is given next to nothing, because it is stopped or the host is far too busy.
constexpr milliseconds wall_clock_net = std::chrono::minutes{10};

// The net has caught a wait: whether the program would have done what was waited for, is unknown.
struct NoVerdict : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Deadline {
public:
    // Passes once `time`, which must live longer, has gone on by `patience`.
    Deadline(GivenTime& time, milliseconds patience, milliseconds net = wall_clock_net);

    // Ask before looking for what is waited for, and believe it after that look: between any two
    // statements of ours the host may give the program all of its time. Throws NoVerdict if the
    // net's time is over first.
    bool passed();

    // Rounded up, and zero only once the deadline has passed. For a loop that has other things to
    // look after every `step` too.
    milliseconds left(milliseconds step);

private:
    GivenTime* time_;
    milliseconds start_;
    milliseconds patience_;
    milliseconds net_;
    GivenTime::Clock::time_point wall_clock_start_;
};

} // namespace bench
