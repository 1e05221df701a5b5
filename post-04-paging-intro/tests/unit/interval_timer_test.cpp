#include "devices/interval_timer.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using kernel::TimerRate;
using Timer = kernel::IntervalTimer<RecordedPorts>;
using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

Writes written_for(TimerRate rate) {
    PortLog log;
    Timer{{&log}}.start(rate);
    EXPECT_TRUE(log.reads.empty());
    return log.writes;
}

TEST(TimerRate, TakesTheNearestDivisor) {
    EXPECT_EQ(TimerRate::of(100)->divisor(), 11'932U);      // 11,931.82 up
    EXPECT_EQ(TimerRate::of(1'000)->divisor(), 1'193U);     // 1,193.18 down
    EXPECT_EQ(TimerRate::of(19)->divisor(), 62'799U);       // 62,799.05 down
    EXPECT_EQ(TimerRate::of(500'000)->divisor(), 2U);       // 2.39 down
    EXPECT_EQ(TimerRate::of(400'000)->divisor(), 3U);       // 2.98 up
    EXPECT_EQ(TimerRate::of(1'193'182 / 4)->divisor(), 4U); // 4.000007 down
}

TEST(TimerRate, IsNeverFurtherOffThanHalfADivisor) {
    for (std::uint32_t hertz = 19; hertz <= 596'591; hertz += hertz < 20'000 ? 1 : 997) {
        const auto rate = TimerRate::of(hertz);
        ASSERT_TRUE(rate) << hertz;
        const double exact = 1'193'182.0 / hertz;
        ASSERT_LE(std::abs(exact - rate->divisor()), 0.5) << hertz;
    }
}

TEST(TimerRate, ExistsOnlyWithinWhatTheChipCanCount) {
    EXPECT_TRUE(TimerRate::of(19));
    EXPECT_TRUE(TimerRate::of(596'591));
    for (const std::uint32_t hertz :
         {0U, 1U, 18U, 596'592U, 795'000U, 1'193'182U, 4'294'967'295U}) {
        EXPECT_FALSE(TimerRate::of(hertz)) << hertz;
    }
}

TEST(TimerRate, ExistsForTheDivisorsFrom2To65536) {
    for (const std::uint32_t divisor : {2U, 3U, 65'535U, 65'536U}) {
        ASSERT_TRUE(TimerRate::dividing_by(divisor)) << divisor;
        EXPECT_EQ(TimerRate::dividing_by(divisor)->divisor(), divisor);
    }
    for (const std::uint32_t divisor : {0U, 1U, 65'537U, 4'294'967'295U}) {
        EXPECT_FALSE(TimerRate::dividing_by(divisor)) << divisor;
    }
}

TEST(TimerRate, SaysTheRateThatReallyComesOfIt) {
    EXPECT_EQ(TimerRate::of(100)->millihertz(), 99'998U);             // 99.99849
    EXPECT_EQ(TimerRate::of(1'000)->millihertz(), 1'000'153U);        // 1000.15255, up
    EXPECT_EQ(TimerRate::dividing_by(65'536)->millihertz(), 18'207U); // 18.20651, up
    EXPECT_EQ(TimerRate::dividing_by(2)->millihertz(), 596'591'000U);
}

TEST(IntervalTimer, IsToldItsModeThenTheLowByteThenTheHighByte) {
    const Writes expected{{0x43, 0x34}, {0x40, 0x9C}, {0x40, 0x2E}}; // 11,932 = 0x2E9C
    EXPECT_EQ(written_for(*TimerRate::of(100)), expected);
}

TEST(IntervalTimer, IsTold65536AsZero) {
    const Writes expected{{0x43, 0x34}, {0x40, 0}, {0x40, 0}};
    EXPECT_EQ(written_for(*TimerRate::dividing_by(65'536)), expected);
}

TEST(IntervalTimer, IsToldBothBytesEvenIfOneIsZero) {
    EXPECT_EQ(written_for(*TimerRate::dividing_by(2)),
              (Writes{{0x43, 0x34}, {0x40, 2}, {0x40, 0}}));
    EXPECT_EQ(written_for(*TimerRate::dividing_by(0xFF00)),
              (Writes{{0x43, 0x34}, {0x40, 0}, {0x40, 0xFF}}));
}

} // namespace
