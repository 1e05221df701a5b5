#include "devices/chained_pics.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using kernel::Irq;
using Pics = kernel::ChainedPics<RecordedPorts>;
using Writes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;

constexpr std::uint16_t first_command = 0x20;
constexpr std::uint16_t first_data = 0x21;
constexpr std::uint16_t second_command = 0xA0;
constexpr std::uint16_t second_data = 0xA1;
constexpr std::uint8_t end_of_interrupt = 0x20;

Irq line(int number) {
    return static_cast<Irq>(number);
}

// The chips as the data sheet describes them: the answers they give, and their masks.
struct Chips {
    PortLog log;
    std::uint8_t first_in_service = 0;
    std::uint8_t second_in_service = 0;
    std::uint8_t first_requested = 0;
    std::uint8_t second_requested = 0;

    Chips() {
        log.answer = [this](std::uint16_t port) -> std::uint8_t {
            if (port == first_data || port == second_data) { // the masks can be read at any time
                return mask_at(port);
            }
            // A register is read at the command port, once OCW3 has selected it.
            const auto [asked_at, word] =
                log.writes.empty() ? std::pair(port, ocw3) : log.writes.back();
            EXPECT_EQ(asked_at, port);
            if (word == ocw3_for_requests) {
                return port == first_command ? first_requested : second_requested;
            }
            EXPECT_EQ(word, ocw3);
            return port == first_command ? first_in_service : second_in_service;
        };
    }

    // Bit n: IRQ n is masked.
    int masked() const { return mask_at(second_data) << 8 | mask_at(first_data); }

    static constexpr std::uint8_t ocw3 = 0x0B;
    static constexpr std::uint8_t ocw3_for_requests = 0x0A;

private:
    // What the last write to this data port has left.
    std::uint8_t mask_at(std::uint16_t data_port) const {
        std::uint8_t mask = 0;
        for (const auto& [port, byte] : log.writes) {
            mask = port == data_port ? byte : mask;
        }
        return mask;
    }
};

TEST(ChainedPics, AreInitialisedAsTheDataSheetWantsWithAPauseAfterEveryWrite) {
    Chips chips;
    Pics{{&chips.log}}.initialize();
    const Writes expected{
        {first_command, 0x11},  {0x80, 0}, // ICW1: edge triggered, cascaded, ICW4 follows
        {first_data, 32},       {0x80, 0}, // ICW2: the first vector
        {first_data, 0x04},     {0x80, 0}, // ICW3: a chip on line 2
        {first_data, 0x01},     {0x80, 0}, // ICW4: 8086 mode, EOI by hand
        {second_command, 0x11}, {0x80, 0}, {second_data, 40},  {0x80, 0},
        {second_data, 0x02},    {0x80, 0},                                // ICW3: it is on line 2
        {second_data, 0x01},    {0x80, 0}, {first_data, 0xFF}, {0x80, 0}, // all masked
        {second_data, 0xFF},    {0x80, 0},
    };
    EXPECT_EQ(chips.log.writes, expected);
    EXPECT_TRUE(chips.log.reads.empty());
}

TEST(ChainedPics, OpenOneLineAndTheCascadeIfItIsOnTheSecondChip) {
    for (int number = 0; number < 16; ++number) {
        Chips chips;
        Pics pics{{&chips.log}};
        pics.initialize();
        pics.unmask(line(number));
        const int open = 1 << number | (number >= 8 ? 1 << 2 : 0);
        EXPECT_EQ(chips.masked(), 0xFFFF & ~open) << "IRQ " << number;
    }
}

TEST(ChainedPics, LeaveOtherLinesAsTheyAreWhenOneIsOpened) {
    Chips chips;
    Pics pics{{&chips.log}};
    pics.initialize();
    chips.log.writes.erase(chips.log.writes.begin(),
                           chips.log.writes.end() - 4); // the masks remain
    pics.unmask(Irq::keyboard);
    EXPECT_EQ(chips.masked(), 0xFFFD);
    pics.unmask(line(12));
    EXPECT_EQ(chips.masked(), 0xEFF9);
    pics.unmask(line(14)); // line 2 of the first chip is open already
    EXPECT_EQ(chips.masked(), 0xAFF9);
    pics.unmask(line(14));
    EXPECT_EQ(chips.masked(), 0xAFF9);
}

TEST(ChainedPics, MaskEveryLineAgainWhenInitialisedAgain) {
    Chips chips;
    Pics pics{{&chips.log}};
    pics.initialize();
    pics.unmask(line(12));
    pics.initialize();
    EXPECT_EQ(chips.masked(), 0xFFFF);
    pics.unmask(Irq::timer);
    EXPECT_EQ(chips.masked(), 0xFFFE);
}

TEST(ChainedPics, EndAnInterruptOnEachChipItCameThrough) {
    for (int number = 0; number < 16; ++number) {
        Chips chips;
        Pics{{&chips.log}}.end_of_interrupt(line(number));
        const Writes one{{first_command, end_of_interrupt}};
        const Writes both{{second_command, end_of_interrupt}, {first_command, end_of_interrupt}};
        EXPECT_EQ(chips.log.writes, number < 8 ? one : both) << "IRQ " << number;
    }
}

TEST(ChainedPics, SayWhichLineRequestsAnInterrupt) {
    for (int number = 0; number < 16; ++number) {
        for (int asking = 0; asking < 16; ++asking) {
            Chips chips;
            chips.first_requested = static_cast<std::uint8_t>(1 << asking);
            chips.second_requested = static_cast<std::uint8_t>(1 << asking >> 8);
            EXPECT_EQ(Pics{{&chips.log}}.is_requested(line(number)), number == asking) << number;
        }
    }
}

// A port without a device reads as all ones.
TEST(ChainedPics, RequestNothingOnAPcWithoutThem) {
    for (int number = 0; number < 16; ++number) {
        Chips chips;
        chips.first_requested = chips.second_requested = 0xFF;
        chips.first_in_service = chips.second_in_service = 0xFF;
        EXPECT_FALSE(Pics{{&chips.log}}.is_requested(line(number))) << number;
    }
}

TEST(ChainedPics, CallLine7SpuriousOnlyIfItsOwnChipDoesNotHaveItInService) {
    struct Case {
        Irq irq;
        std::uint8_t first_in_service;
        std::uint8_t second_in_service;
        bool spurious;
    };
    for (const Case& c : std::array{
             Case{Irq::lpt1, 0x00, 0xFF, true}, Case{Irq::lpt1, 0x7F, 0xFF, true},
             Case{Irq::lpt1, 0x80, 0x00, false}, Case{Irq::lpt1, 0xFF, 0x00, false},
             Case{Irq::secondary_ata, 0xFF, 0x00, true}, Case{Irq::secondary_ata, 0xFF, 0x7F, true},
             Case{Irq::secondary_ata, 0x04, 0x80, false}}) {
        Chips chips;
        chips.first_in_service = c.first_in_service;
        chips.second_in_service = c.second_in_service;
        EXPECT_EQ(Pics{{&chips.log}}.end_if_spurious(c.irq), c.spurious);
        EXPECT_EQ(chips.log.reads.size(), 1U);
        // To the first chip a spurious interrupt of the second is a real one, which has to end.
        const std::uint16_t port = c.irq == Irq::lpt1 ? first_command : second_command;
        Writes expected{{port, Chips::ocw3}};
        if (c.spurious && c.irq == Irq::secondary_ata) {
            expected.emplace_back(first_command, end_of_interrupt);
        }
        EXPECT_EQ(chips.log.writes, expected);
    }
}

} // namespace
