// Judges the exercise real-time-clock.

#include "devices/real_time_clock.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>

namespace {

using kernel::DateTime;

using Registers = std::map<unsigned, std::uint8_t>;

// A clock that moves from one time to the next when it has been read a number of times. Before
// that, its other registers are not valid for some reads, and register A says so.
struct FakeClock {
    PortLog log;
    Registers before, after;
    int reads_before = 1000;
    int reads_of_update = 0;

    explicit FakeClock(Registers time) : before{time}, after{std::move(time)} {
        log.answer = [this](std::uint16_t port) { return answer(port); };
    }

    DateTime read() { return kernel::RealTimeClock<RecordedPorts>{{&log}}.read(); }

private:
    std::uint8_t answer(std::uint16_t port) {
        EXPECT_EQ(port, 0x71);
        if (log.writes.empty()) {
            ADD_FAILURE() << "no register was chosen";
            return 0;
        }
        const auto [chosen_at, number] = log.writes.back();
        EXPECT_EQ(chosen_at, 0x70);
        EXPECT_LT(number, 0x80) << "this switches non-maskable interrupts off";
        --reads_before;
        const bool updating = reads_before >= 0 && reads_before < reads_of_update;
        if (number == 0x0A) {
            return updating ? 0xA6 : 0x26;
        }
        if (number == 0x0B) {
            return before.at(0x0B);
        }
        return updating ? 0xFF : (reads_before < 0 ? after : before).at(number);
    }
};

Registers time(std::uint8_t mode, std::uint8_t year, std::uint8_t month, std::uint8_t day,
               std::uint8_t hour, std::uint8_t minute, std::uint8_t second) {
    return {{0x0B, mode}, {9, year}, {8, month}, {7, day}, {4, hour}, {2, minute}, {0, second}};
}

constexpr std::uint8_t digits_24 = 0b010, digits_12 = 0b000, binary_24 = 0b110, binary_12 = 0b100;

TEST(RealTimeClock, ReadsDecimalDigits) {
    EXPECT_EQ(FakeClock{time(digits_24, 0x26, 0x11, 0x30, 0x23, 0x59, 0x58)}.read(),
              (DateTime{2026, 11, 30, 23, 59, 58}));
}

TEST(RealTimeClock, ReadsBinaryNumbers) {
    EXPECT_EQ(FakeClock{time(binary_24, 26, 11, 30, 23, 59, 58)}.read(),
              (DateTime{2026, 11, 30, 23, 59, 58}));
}

TEST(RealTimeClock, KnowsNoonAndMidnight) {
    const std::pair<unsigned, unsigned> hours[] = {{1, 1}, {11, 11}, {12, 0}};
    for (const auto& [shown, hour] : hours) {
        for (const unsigned pm : {0U, 12U}) {
            const std::uint8_t flag = pm != 0 ? 0x80 : 0;
            const auto binary = static_cast<std::uint8_t>(shown | flag);
            const auto digits = static_cast<std::uint8_t>((shown / 10 * 16 + shown % 10) | flag);
            EXPECT_EQ(FakeClock{time(binary_12, 26, 1, 2, binary, 3, 4)}.read().hour, hour + pm);
            EXPECT_EQ(FakeClock{time(digits_12, 0x26, 1, 2, digits, 3, 4)}.read().hour, hour + pm);
        }
    }
}

TEST(RealTimeClock, WaitsUntilAnUpdateIsOver) {
    FakeClock clock{time(digits_24, 0x26, 1, 2, 3, 4, 5)};
    clock.reads_before = clock.reads_of_update = 50;
    EXPECT_EQ(clock.read(), (DateTime{2026, 1, 2, 3, 4, 5}));
}

TEST(RealTimeClock, NeverMixesTwoTimes) {
    for (const int length : {0, 1, 3, 10}) {
        for (int moment = 0; moment < 60; ++moment) {
            FakeClock clock{time(digits_24, 0x26, 0x12, 0x31, 0x23, 0x59, 0x59)};
            clock.after = time(digits_24, 0x27, 0x01, 0x01, 0x00, 0x00, 0x00);
            clock.reads_before = moment;
            clock.reads_of_update = length;
            const DateTime read = clock.read();
            const bool is_one_of_them =
                read == DateTime{2026, 12, 31, 23, 59, 59} || read == DateTime{2027, 1, 1, 0, 0, 0};
            EXPECT_TRUE(is_one_of_them)
                << "moves on at read " << moment << ": " << read.year << "-" << read.month << "-"
                << read.day << " " << read.hour << ":" << read.minute << ":" << read.second;
        }
    }
}

} // namespace
