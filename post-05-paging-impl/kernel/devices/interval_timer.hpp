// The 8254 interval timer: its channel 0 is wired to IRQ 0 and makes the PC tick.
//
// The channel counts down from a number, the divisor, 1.193 million times a second. Each time the
// count has run out, the channel raises IRQ 0 and starts again.
// [Intel 8254 data sheet, "Mode 2: Rate Generator"]
#pragma once

#include "cpu/port.hpp"

#include <cstdint>

namespace kernel {

// The frequency of that count: a twelfth of the PC's 14.31818 MHz crystal, rounded to whole hertz.
inline constexpr std::uint32_t timer_input_hertz = 1'193'182;

template <PortBus Ports>
class IntervalTimer {
public:
    constexpr explicit IntervalTimer(Ports ports = {}) : ports_{ports} {}

    // From now on IRQ 0 comes timer_input_hertz / `divisor` times a second. A divisor of 0 stands
    // for 65,536; 1 is not allowed. The three writes belong together: nothing else may access the
    // timer's ports between them. [Intel 8254 data sheet, "Minimum and Maximum Initial Counts"]
    void start(std::uint16_t divisor) {
        ports_.write8(control, select_channel_0 | low_byte_then_high_byte | mode_2_rate_generator);
        ports_.write8(channel_0, static_cast<std::uint8_t>(divisor));
        ports_.write8(channel_0, static_cast<std::uint8_t>(divisor >> 8));
    }

private:
    static constexpr Port channel_0{0x40};
    static constexpr Port control{0x43};

    // [Intel 8254 data sheet, "Control Word Format"]. Bit 0 stays 0: count in binary, not in
    // decimal digits.
    static constexpr std::uint8_t select_channel_0 = 0b0000'0000;
    static constexpr std::uint8_t low_byte_then_high_byte = 0b0011'0000;
    static constexpr std::uint8_t mode_2_rate_generator = 0b0000'0100;

    [[no_unique_address]] Ports ports_;
};

} // namespace kernel
