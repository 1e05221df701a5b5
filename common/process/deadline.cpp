#include "process/deadline.hpp"

#include <algorithm>
#include <string>

namespace bench {

Deadline::Deadline(GivenTime& time, milliseconds patience, milliseconds net)
    : time_{&time},
      start_{time.so_far()},
      patience_{patience},
      net_{net},
      wall_clock_start_{time.now()} {}

bool Deadline::passed() {
    const milliseconds given = time_->so_far() - start_;
    if (given < patience_ && time_->now() - wall_clock_start_ >= net_) {
        throw NoVerdict{"no verdict: the wall-clock limit of " +
                        std::to_string(std::chrono::floor<std::chrono::seconds>(net_).count()) +
                        " s ended this wait. The program was given only " +
                        std::to_string(given.count()) + " ms of " +
                        std::to_string(patience_.count()) +
                        " ms: it is stopped, or the host is far too busy.\n"};
    }
    return given >= patience_;
}

milliseconds Deadline::left(milliseconds step) {
    return std::clamp(start_ + patience_ - time_->so_far(), milliseconds{0}, step);
}

} // namespace bench
