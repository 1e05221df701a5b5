#include "devices/interval_timer.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

namespace {

using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

Writes written_for(std::uint16_t divisor) {
    PortLog log;
    kernel::IntervalTimer<RecordedPorts>{{&log}}.start(divisor);
    EXPECT_TRUE(log.reads.empty());
    return log.writes;
}

// [Intel 8254 data sheet, "Control Word Format"]
TEST(IntervalTimer, IsToldItsModeThenTheLowByteThenTheHighByte) {
    EXPECT_EQ(written_for(11'932), (Writes{{0x43, 0x34}, {0x40, 0x9C}, {0x40, 0x2E}}));
}

TEST(IntervalTimer, IsToldBothBytesEvenIfOneIsZero) {
    EXPECT_EQ(written_for(2), (Writes{{0x43, 0x34}, {0x40, 2}, {0x40, 0}}));
    EXPECT_EQ(written_for(0xFF00), (Writes{{0x43, 0x34}, {0x40, 0}, {0x40, 0xFF}}));
    EXPECT_EQ(written_for(0), (Writes{{0x43, 0x34}, {0x40, 0}, {0x40, 0}})); // 65,536
}

} // namespace
