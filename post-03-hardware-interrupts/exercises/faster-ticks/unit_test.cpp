// Judges the exercise faster-ticks.

#include "interrupts/timer.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Timer, TicksAThousandTimesASecond) {
    EXPECT_EQ(kernel::ticks_per_second, 1000U);
}

TEST(Timer, HasTheNearestDivisor) {
    EXPECT_EQ(kernel::timer_divisor, 1193);
    EXPECT_EQ(kernel::timer_millihertz, 1'000'152U);
}

} // namespace
