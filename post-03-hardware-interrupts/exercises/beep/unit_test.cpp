// Judges the exercise beep.

#include "devices/speaker.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace {

using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

// What is written while port 0x61 holds a value.
template <typename Use>
Writes written(std::uint8_t switches, Use use) {
    PortLog log;
    log.answer = [switches](std::uint16_t port) {
        EXPECT_EQ(port, 0x61);
        return switches;
    };
    kernel::Speaker<RecordedPorts> speaker{{&log}};
    use(speaker);
    return log.writes;
}

Writes written_for(unsigned hertz, std::uint8_t switches = 0) {
    return written(switches, [hertz](auto& speaker) { speaker.start(hertz); });
}

// 1,193,182 / 440 is 2711.8.
TEST(Speaker, IsGivenTheToneAndThenSwitchedOn) {
    EXPECT_EQ(written_for(440), (Writes{{0x43, 0xB6}, {0x42, 0x98}, {0x42, 0x0A}, {0x61, 0x03}}));
}

TEST(Speaker, RoundsTheDivisorToTheNearest) {
    EXPECT_EQ(written_for(1000)[1].second, 1193 & 0xFF); // 1193.18
    EXPECT_EQ(written_for(1000)[2].second, 1193 >> 8);
    EXPECT_EQ(written_for(20'000)[1].second, 60); // 59.66
    EXPECT_EQ(written_for(19)[1].second, 62'799 & 0xFF);
    EXPECT_EQ(written_for(19)[2].second, 62'799 >> 8);
}

TEST(Speaker, LeavesTheOtherSwitchesAsTheyAre) {
    EXPECT_EQ(written_for(440, 0xF0).back(), (std::pair<std::uint16_t, std::uint8_t>{0x61, 0xF3}));
    const auto stop = [](auto& speaker) { speaker.stop(); };
    EXPECT_EQ(written(0xFF, stop), (Writes{{0x61, 0xFC}}));
    EXPECT_EQ(written(0x33, stop), (Writes{{0x61, 0x30}}));
}

} // namespace
