// A moment after which nobody waits any longer.
#pragma once

#include <algorithm>
#include <chrono>

namespace bench {

using std::chrono::milliseconds;

class Deadline {
public:
    using Clock = std::chrono::steady_clock;

    explicit Deadline(milliseconds from_now) : moment_{Clock::now() + from_now} {}

    bool passed() const { return Clock::now() >= moment_; }

    // Rounded up, so that it is zero only once the moment has passed.
    milliseconds left() const {
        return std::max(std::chrono::ceil<milliseconds>(moment_ - Clock::now()), milliseconds{0});
    }

    // The next wait, for a loop that has other things to look after every `step` too.
    milliseconds left(milliseconds step) const { return std::min(left(), step); }

private:
    Clock::time_point moment_;
};

} // namespace bench
