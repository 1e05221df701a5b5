#include "devices/keyboard_controller.hpp"

#include "fake_keyboard_controller.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

using Controller = kernel::KeyboardController<RecordedPorts>;
using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

constexpr std::uint16_t data = FakeKeyboardController::data;
constexpr std::uint16_t status = FakeKeyboardController::status;

const Writes all_commands{
    {status, 0xAD}, {status, 0xA7},      // both devices off
    {status, 0x20},                      // read the configuration
    {status, 0x60}, {data, 0b0111'0001}, // IRQ 1 and translation on, IRQ 12 off
    {status, 0xAE},                      // the keyboard on
};

TEST(KeyboardController, IsInitialisedWithTheseCommandsInThisOrder) {
    FakeKeyboardController fake;
    EXPECT_TRUE(fake.initialize());
    EXPECT_EQ(fake.log.writes, all_commands);
}

TEST(KeyboardController, RaisesIrq1AndTranslatesAndLeavesTheMouseOff) {
    for (int before = 0; before < 256; ++before) {
        FakeKeyboardController fake;
        fake.configuration = static_cast<std::uint8_t>(before);
        ASSERT_TRUE(fake.initialize());
        const int untouched = before & 0b1000'1100;
        ASSERT_EQ(fake.configuration, untouched | 0b0110'0001) << "before " << before;
    }
}

TEST(KeyboardController, IsGivenTimeToTakeEachByte) {
    FakeKeyboardController fake;
    fake.reads_busy = 50;
    EXPECT_TRUE(fake.initialize());
    EXPECT_EQ(fake.log.writes, all_commands);
}

TEST(KeyboardController, LosesItsOldBytesBeforeItIsAskedAnything) {
    FakeKeyboardController fake;
    fake.output.assign(Controller::most_old_bytes, 0xAA);
    EXPECT_TRUE(fake.initialize());
    EXPECT_EQ(fake.configuration, 0b0110'0001);
    EXPECT_TRUE(fake.output.empty());
}

TEST(KeyboardController, LosesItsOldBytesEvenIfItIsSlow) {
    FakeKeyboardController fake;
    fake.output.assign(3, 0xAA);
    fake.reads_busy = 50;
    EXPECT_TRUE(fake.initialize());
    EXPECT_EQ(fake.configuration, 0b0110'0001);
}

TEST(KeyboardController, IsGivenUpIfItDoesNotStopSending) {
    FakeKeyboardController fake;
    fake.output.assign(Controller::most_old_bytes + 1, 0x1E);
    EXPECT_FALSE(fake.initialize());
    EXPECT_EQ(fake.log.writes, (Writes{{status, 0xAD}, {status, 0xA7}}));
}

TEST(KeyboardController, ThatIsNotThereIsGivenUpAfterABoundedNumberOfReads) {
    PortLog log;
    log.answer = [](std::uint16_t) { return 0xFF; }; // what a port without a device reads as
    EXPECT_FALSE(Controller{{&log}}.initialize());
    EXPECT_EQ(log.reads.size(), Controller::patience);
    EXPECT_TRUE(log.writes.empty());
}

TEST(KeyboardController, ThatNeverAnswersIsGivenUpAfterABoundedNumberOfReads) {
    PortLog log; // answers 0: takes every byte and never has one
    EXPECT_FALSE(Controller{{&log}}.initialize());
    EXPECT_LE(log.reads.size(), Controller::patience + 10);
    EXPECT_EQ(log.writes, (Writes{{status, 0xAD}, {status, 0xA7}, {status, 0x20}}));
}

TEST(KeyboardController, ThatDiesAtAnyStepIsReported) {
    for (std::size_t alive = 0; alive < all_commands.size(); ++alive) {
        FakeKeyboardController fake;
        fake.log.answer = [&fake, alive, living = fake.log.answer](std::uint16_t port) {
            return fake.log.writes.size() < alive ? living(port) : std::uint8_t{0b10};
        };
        EXPECT_FALSE(Controller{{&fake.log}}.initialize());
        EXPECT_EQ(fake.log.writes.size(), alive);
        EXPECT_LE(fake.log.reads.size(), 2 * Controller::patience + 100);
    }
}

TEST(KeyboardController, HandsOverTheByteThatItHas) {
    FakeKeyboardController fake;
    Controller controller{{&fake.log}};
    EXPECT_FALSE(controller.has_byte());
    fake.output = {0x1E, 0x9E};
    EXPECT_TRUE(controller.has_byte());
    EXPECT_EQ(controller.read(), 0x1E);
    EXPECT_TRUE(controller.has_byte());
    EXPECT_EQ(controller.read(), 0x9E);
    EXPECT_FALSE(controller.has_byte());
    EXPECT_TRUE(fake.log.writes.empty());
}

} // namespace
