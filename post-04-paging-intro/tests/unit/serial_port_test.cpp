#include "devices/serial_port.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using Serial = kernel::SerialPort<RecordedPorts>;

constexpr std::uint16_t data = 0x3F8;
constexpr std::uint16_t line_status = 0x3FD;
constexpr std::uint8_t holding_empty = 0x20;

std::string sent(const PortLog& log) {
    std::string text;
    for (const auto& [port, byte] : log.writes) {
        if (port == data) {
            text += static_cast<char>(byte);
        }
    }
    return text;
}

TEST(SerialPort, IsInitialisedAsTheDataSheetSays) {
    PortLog log;
    Serial{kernel::com1, {&log}}.initialize();
    const std::vector<std::pair<std::uint16_t, std::uint8_t>> expected{
        {0x3F9, 0x00},                // no interrupts
        {0x3FB, 0x80},                // divisor latch access
        {0x3F8, 0x01},                // divisor 1: 115,200 baud
        {0x3F9, 0x00}, {0x3FB, 0x03}, // 8 data bits, no parity, 1 stop bit; latch access off
        {0x3FC, 0x03},                // terminal ready, request to send
    };
    EXPECT_EQ(log.writes, expected);
}

TEST(SerialPort, SendsBytesInOrderAndEndsLinesWithCarriageReturnAndLineFeed) {
    PortLog log;
    log.answer = [](std::uint16_t) { return holding_empty; };
    Serial{kernel::com1, {&log}}.write("one\ntwo");
    EXPECT_EQ(sent(log), "one\r\ntwo");
}

TEST(SerialPort, WaitsUntilTheTransmitterTakesAByte) {
    PortLog log;
    int looks = 0;
    log.answer = [&looks](std::uint16_t port) -> std::uint8_t {
        EXPECT_EQ(port, line_status);
        return ++looks % 5 == 0 ? holding_empty : 0;
    };
    Serial{kernel::com1, {&log}}.write("ab");
    EXPECT_EQ(sent(log), "ab");
    EXPECT_EQ(looks, 10);
}

TEST(SerialPort, GivesUpOnADeadDeviceAfterAWhileAndThenWaitsNoMore) {
    PortLog log; // answers 0: never ready
    Serial serial{kernel::com1, {&log}};
    serial.write("x");
    EXPECT_EQ(log.reads.size(), Serial::patience);
    serial.write("yz");
    EXPECT_EQ(log.reads.size(), Serial::patience + 2);
    EXPECT_EQ(sent(log), "");
}

TEST(SerialPort, WritesAgainWhenADeadDeviceComesBack) {
    PortLog log;
    Serial serial{kernel::com1, {&log}};
    serial.write("lost");
    log.answer = [](std::uint16_t) { return holding_empty; };
    serial.write("back");
    EXPECT_EQ(sent(log), "back");
    // And it is waited for again: here every fifth read finds the transmitter ready.
    int reads = 0;
    log.answer = [&reads](std::uint16_t) -> std::uint8_t {
        return ++reads % 5 == 0 ? holding_empty : 0;
    };
    serial.write(" again");
    EXPECT_EQ(sent(log), "back again");
}

} // namespace
