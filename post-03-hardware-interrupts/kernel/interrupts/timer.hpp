// Counts the ticks of the timer, and waits for them.
#pragma once

#include "devices/interval_timer.hpp"
#include "interrupts/handler.hpp"

#include <cstdint>

namespace kernel {

inline constexpr unsigned ticks_per_second = 100;

// The nearest divisor. The real rate differs a little: 99.998 Hz.
inline constexpr std::uint16_t timer_divisor =
    (timer_input_hertz + ticks_per_second / 2) / ticks_per_second;
inline constexpr unsigned timer_millihertz = timer_input_hertz * 1000 / timer_divisor;

// Starts the timer, waits until it requests its first interrupt, and unmasks it. Call it once, with
// interrupts off, after pics.initialize(). If no tick comes for seconds, the PC has no timer: see
// has_timer().
void initialize_timer();

// Whether the PC has a timer. If not, `ticks` and `uptime` stay 0.
bool has_timer();

// The number of timer interrupts so far. If interrupts are off for longer than a tick, some ticks
// are missing: the controller remembers only one.
std::uint64_t ticks();

// How long these ticks have taken, in milliseconds. Does not overflow within 490 years.
std::uint64_t uptime();

// Waits until ticks() is at least `tick`; panics if there is no timer. Switches interrupts on, so
// do not call it in handlers.
void wait_for_tick(std::uint64_t tick);

Handler on_timer;

} // namespace kernel
