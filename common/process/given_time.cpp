#include "process/given_time.hpp"

#include <algorithm>
#include <utility>

namespace bench {

GivenTime::GivenTime(Look look, milliseconds step, Now now)
    : look_{std::move(look)},
      step_{step},
      now_{std::move(now)},
      looked_at_{now_()},
      cpu_time_{look_().cpu_time} {}

milliseconds GivenTime::so_far() {
    const auto moment = now_();
    if (moment - looked_at_ < step_) {
        return so_far_;
    }
    const Activity activity = look_();
    const auto passed = std::chrono::floor<milliseconds>(moment - looked_at_);
    const milliseconds slept = activity.asleep ? std::min(passed, 2 * step_) : milliseconds{0};
    // A family's sum can fall for a moment, if a child ends while its parent is being looked at.
    const milliseconds cpu_time = std::max(cpu_time_, activity.cpu_time);
    so_far_ += std::max(cpu_time - cpu_time_, slept);
    cpu_time_ = cpu_time;
    looked_at_ = moment;
    return so_far_;
}

} // namespace bench
