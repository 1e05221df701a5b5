// The text of the serial line, without machines and with real ones.
#include "boot_sector.hpp"
#include "machine/machine.hpp"
#include "machine/serial_log.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace bench {
namespace {

using namespace std::chrono_literals;

bool nothing_more() {
    return false;
}

TEST(SerialLog, EndsLinesWithLineFeedAloneEvenIfTheTextComesInPieces) {
    SerialLog log;
    log.append("one\r");
    log.append("\ntwo\r\n");
    log.append("a\rb");
    EXPECT_EQ(log.text(), "one\ntwo\na\rb");
}

TEST(SerialLog, SeesAPanicOnlyAtTheStartOfALine) {
    SerialLog log;
    log.append("no KERNEL PANIC here\r\n");
    EXPECT_FALSE(log.panicked());
    log.append("KERNEL PA");
    EXPECT_FALSE(log.panicked());
    log.append("NIC: now\r\n");
    EXPECT_TRUE(log.panicked());
}

TEST(SerialLog, SeesAPanicInTheVeryFirstLine) {
    SerialLog log;
    log.append("KERNEL ");
    log.append("PANIC");
    EXPECT_TRUE(log.panicked());
}

TEST(SerialLog, FindsATextThatArrivesInPieces) {
    SerialLog log;
    log.append("xx he");
    EXPECT_TRUE(log.wait_for("hello", [&] {
        log.append("llo");
        return true;
    }));
}

TEST(SerialLog, FindsATextThatArrivesTogetherWithTheEnd) {
    SerialLog log;
    EXPECT_TRUE(log.wait_for("hello", [&] {
        log.append("hello");
        return false;
    }));
}

TEST(SerialLog, FindsTheSameTextAsOftenAsItWasSent) {
    SerialLog log;
    log.append("tick tick");
    EXPECT_TRUE(log.wait_for("tick", nothing_more));
    EXPECT_TRUE(log.wait_for("tick", nothing_more));
    EXPECT_FALSE(log.wait_for("tick", nothing_more));
}

TEST(Tail, ReturnsTheLastLines) {
    EXPECT_EQ(tail("a\nb\nc\n", 2), "b\nc\n");
    EXPECT_EQ(tail("a\nb\nc", 2), "b\nc");
    EXPECT_EQ(tail("a\nb", 5), "a\nb");
    EXPECT_EQ(tail("\n\nb", 1), "b");
    EXPECT_EQ(tail("", 5), "");
}

TEST(Machine, FindsARepeatedTextAsOftenAsItWasSent) {
    Machine machine{boot_sector("passes")};
    EXPECT_TRUE(machine.wait_for("tick"));
    EXPECT_TRUE(machine.wait_for("tick"));
    EXPECT_FALSE(machine.wait_for("tick"));
}

TEST(Machine, KeepsWhatWasSentWhileNoTestWaited) {
    Machine machine{boot_sector("writes_screen")};
    ASSERT_TRUE(machine.wait_for("writ"));
    while (!machine.idle()) { // asks the monitor, does not read the serial line
        ASSERT_LT(machine.given_time(), 30s);
    }
    EXPECT_EQ(machine.serial(), "written\n");
}

TEST(Machine, GivesUpWaitingAsSoonAsTheMachineHasEnded) {
    Machine machine{boot_sector("passes")};
    EXPECT_FALSE(machine.wait_for("never said", 30s));
    EXPECT_LT(machine.given_time(), 15s);
}

TEST(Machine, GivesUpWaitingAsSoonAsTheKernelHasPanicked) {
    Machine machine{boot_sector("panics")};
    EXPECT_FALSE(machine.wait_for("never said", 30s));
    EXPECT_LT(machine.given_time(), 15s);
    EXPECT_TRUE(machine.wait_for("end of the message"));
}

TEST(Machine, StopsWaitingWhenTheTimeIsUp) {
    for (const char* name : {"hangs", "halts", "halts_for_good"}) {
        Machine machine{boot_sector(name)};
        ASSERT_TRUE(machine.wait_for("\n")) << machine.log_tail();
        const milliseconds start = machine.given_time();
        EXPECT_FALSE(machine.wait_for("never said", 200ms)) << name;
        EXPECT_GE(machine.given_time() - start, 200ms) << name;
    }
}

TEST(Machine, LosesNothingOfALongOutputEvenIfNoTestReadsForAWhile) {
    Machine machine{boot_sector("talks_long")};
    ASSERT_TRUE(machine.wait_for("five thousand times"));
    std::this_thread::sleep_for(300ms); // the connection fills up
    EXPECT_FALSE(machine.idle());       // and the monitor still answers
    ASSERT_EQ(machine.wait_for_end(), End::passed);
    const std::string line = "................ a line that is repeated five thousand times\n";
    EXPECT_EQ(machine.serial().size(), 5000 * line.size() + std::string{"the end\n"}.size());
}

} // namespace
} // namespace bench
