#include "devices/keyboard_controller.hpp"

#include "fake_keyboard_controller.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace {

using kernel::KeyboardControllerError;
using Controller = kernel::KeyboardController<RecordedPorts>;
using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

constexpr std::uint16_t data = FakeKeyboardController::data;
constexpr std::uint16_t status = FakeKeyboardController::status;

const Writes all_commands{
    {status, 0xAD}, {status, 0xA7},      // both devices off
    {status, 0x20},                      // read the configuration
    {status, 0xAA},                      // self test
    {status, 0x60}, {data, 0b0111'0001}, // IRQ 1 and translation on, IRQ 12 off
    {status, 0xAE},                      // the keyboard on
};

TEST(KeyboardController, IsInitialisedWithTheseCommandsInThisOrder) {
    FakeKeyboardController fake;
    EXPECT_EQ(fake.initialize(), std::nullopt);
    EXPECT_EQ(fake.log.writes, all_commands);
}

TEST(KeyboardController, RaisesIrq1AndTranslatesAndLeavesTheMouseOff) {
    for (const bool resets : {false, true}) {
        for (int before = 0; before < 256; ++before) {
            FakeKeyboardController fake;
            fake.configuration = static_cast<std::uint8_t>(before);
            fake.self_test_resets = resets;
            ASSERT_EQ(fake.initialize(), std::nullopt);
            const int untouched = before & 0b1000'1100;
            ASSERT_EQ(fake.configuration, untouched | 0b0110'0001) << "before " << before;
        }
    }
}

TEST(KeyboardController, IsGivenTimeToTakeEachByte) {
    FakeKeyboardController fake;
    fake.looks_busy = 50;
    EXPECT_EQ(fake.initialize(), std::nullopt);
    EXPECT_EQ(fake.log.writes, all_commands);
}

TEST(KeyboardController, LosesItsStaleBytesBeforeItIsAskedAnything) {
    FakeKeyboardController fake;
    fake.output.assign(Controller::most_stale_bytes, 0xAA); // would be a failed self test
    EXPECT_EQ(fake.initialize(), std::nullopt);
    EXPECT_EQ(fake.configuration, 0b0110'0001);
    EXPECT_TRUE(fake.output.empty());
}

TEST(KeyboardController, LosesItsStaleBytesEvenIfItIsSlow) {
    FakeKeyboardController fake;
    fake.output.assign(3, 0xAA);
    fake.looks_busy = 50;
    EXPECT_EQ(fake.initialize(), std::nullopt);
    EXPECT_EQ(fake.configuration, 0b0110'0001);
}

TEST(KeyboardController, IsGivenUpWhenItHasAByteForEver) {
    FakeKeyboardController fake;
    fake.output.assign(Controller::most_stale_bytes + 1, 0x1E);
    EXPECT_EQ(fake.initialize(), KeyboardControllerError::cannot_be_drained);
    EXPECT_EQ(fake.log.writes, (Writes{{status, 0xAD}, {status, 0xA7}}));
}

TEST(KeyboardController, ThatFailsItsSelfTestIsReportedAndLeftOff) {
    FakeKeyboardController fake;
    fake.self_test_result = 0xFC;
    EXPECT_EQ(fake.initialize(), KeyboardControllerError::fails_self_test);
    EXPECT_EQ(fake.log.writes.back(), std::pair(status, std::uint8_t{0xAA}));
}

TEST(KeyboardController, ThatIsNotThereIsGivenUpAfterABoundedNumberOfLooks) {
    PortLog log;
    log.answer = [](std::uint16_t) { return 0xFF; }; // what a port without a device reads as
    EXPECT_EQ(Controller{{&log}}.initialize(), KeyboardControllerError::not_responding);
    EXPECT_EQ(log.reads.size(), Controller::patience);
    EXPECT_TRUE(log.writes.empty());
}

TEST(KeyboardController, ThatNeverAnswersIsGivenUpAfterABoundedNumberOfLooks) {
    PortLog log; // answers 0: takes every byte and never has one
    EXPECT_EQ(Controller{{&log}}.initialize(), KeyboardControllerError::not_responding);
    EXPECT_LE(log.reads.size(), Controller::patience + 10);
    EXPECT_EQ(log.writes, (Writes{{status, 0xAD}, {status, 0xA7}, {status, 0x20}}));
}

TEST(KeyboardController, ThatDiesAtAnyStepIsReported) {
    for (std::size_t alive = 0; alive < all_commands.size(); ++alive) {
        FakeKeyboardController fake;
        fake.log.answer = [&fake, alive, living = fake.log.answer](std::uint16_t port) {
            return fake.log.writes.size() < alive ? living(port) : std::uint8_t{0b10};
        };
        EXPECT_EQ(Controller{{&fake.log}}.initialize(), KeyboardControllerError::not_responding);
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
