// The 8254 interval timer: its channel 0 is wired to IRQ 0 and makes the PC tick.
//
// The channel counts a clock of 1.193 MHz down from a divisor; each time it runs out it raises
// IRQ 0 and starts again. [Intel 8254 data sheet, "Mode 2: Rate Generator"]
#pragma once

#include "cpu/port.hpp"

#include <cstdint>
#include <optional>

namespace kernel {

// How often the timer ticks. Only rates that the chip can keep exist.
class TimerRate {
public:
    // A twelfth of the PC's 14.31818 MHz crystal, in whole hertz: the crystal itself is further
    // off than the rounding.
    static constexpr std::uint32_t input_hertz = 1'193'182;

    // Mode 2 does not allow a count of 1; 65,536 is the most that 16 bits count.
    // [Intel 8254 data sheet, "Mode 2: Rate Generator", "Minimum and Maximum Initial Counts"]
    static constexpr std::uint32_t smallest_divisor = 2;
    static constexpr std::uint32_t largest_divisor = 65'536;

    // The rate whose divisor is nearest to the exact one; nothing below 19 and above 596,591 Hz.
    static constexpr std::optional<TimerRate> of(std::uint32_t hertz) {
        if (hertz == 0 || hertz > input_hertz / smallest_divisor) {
            return std::nullopt;
        }
        return dividing_by((input_hertz + hertz / 2) / hertz);
    }

    // The rate for a divisor from 2 to 65,536, or nothing.
    static constexpr std::optional<TimerRate> dividing_by(std::uint32_t divisor) {
        if (divisor < smallest_divisor || divisor > largest_divisor) {
            return std::nullopt;
        }
        return TimerRate{divisor};
    }

    constexpr std::uint32_t divisor() const { return divisor_; }

    // The rate that comes of it, in thousandths of a hertz: not quite what was asked for.
    constexpr std::uint32_t millihertz() const {
        return (input_hertz * 1'000 + divisor_ / 2) / divisor_;
    }

    // How long so many ticks take, in milliseconds. Good for 490 years.
    constexpr std::uint64_t milliseconds(std::uint64_t ticks) const {
        return ticks * divisor_ * 1'000 / input_hertz;
    }

    friend constexpr bool operator==(TimerRate, TimerRate) = default;

private:
    constexpr explicit TimerRate(std::uint32_t divisor) : divisor_{divisor} {}

    std::uint32_t divisor_;
};

static_assert(TimerRate::of(100)->divisor() == 11'932);
static_assert(TimerRate::of(100)->millihertz() == 99'998);
static_assert(TimerRate::of(100)->milliseconds(1'000) == 10'000);
static_assert(!TimerRate::of(18) && TimerRate::of(19));
static_assert(TimerRate::of(596'591) && !TimerRate::of(596'592));

template <PortBus Ports>
class IntervalTimer {
public:
    constexpr explicit IntervalTimer(Ports ports = {}) : ports_{ports} {}

    // From now on IRQ 0 comes at this rate, until another one is set. The three writes belong
    // together: nobody else may talk to channel 0 in between.
    void start(TimerRate rate) {
        ports_.write8(control, select_channel_0 | low_byte_then_high_byte | mode_2_rate_generator);
        // 65,536 is written as 0: its low 16 bits.
        ports_.write8(channel_0, static_cast<std::uint8_t>(rate.divisor()));
        ports_.write8(channel_0, static_cast<std::uint8_t>(rate.divisor() >> 8));
    }

private:
    static constexpr Port channel_0{0x40};
    static constexpr Port control{0x43};

    // [Intel 8254 data sheet, "Control Word Format"]. Bit 0 is left 0: count in binary, not in
    // decimal digits.
    static constexpr std::uint8_t select_channel_0 = 0b0000'0000;
    static constexpr std::uint8_t low_byte_then_high_byte = 0b0011'0000;
    static constexpr std::uint8_t mode_2_rate_generator = 0b0000'0100;

    [[no_unique_address]] Ports ports_;
};

} // namespace kernel
