// What the timer and the keyboard have to say, from their interrupt handlers to everybody else.
#pragma once

#include "devices/interval_timer.hpp"
#include "interrupts/handler.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

inline constexpr unsigned ticks_per_second = 100;
inline constexpr TimerRate timer_rate = *TimerRate::of(ticks_per_second);

// Sets up the interrupt controllers, the timer and the keyboard, and lets their two interrupts
// through. To be called once, before interrupts are switched on; panics if there is no keyboard
// controller that works. Waits for the first tick, though not for ever: see has_timer.
void initialize_hardware_interrupts();

// False if no tick has come when the interrupts were set up: then `ticks` and `uptime` stay 0.
bool has_timer();

// Timer interrupts so far. Falls behind when interrupts are off for longer than a tick: the
// controller remembers only one.
std::uint64_t ticks();

// Milliseconds since the timer was let through, by its ticks.
std::uint64_t uptime();

// Rests until there have been as many ticks; panics if there is no timer, since none would come.
// For `main` only, as the next one: interrupts are on afterwards.
void wait_for_tick(std::uint64_t tick);

// The next byte from the keyboard. With nothing to do until it comes, the CPU rests. Not for
// handlers nor inside Locked::with: interrupts are on afterwards.
std::uint8_t wait_for_scancode();

// Bytes that came while the buffer was full.
std::size_t dropped_scancodes();

// Interrupts that the controllers raised and then could not account for.
std::uint64_t spurious_interrupts();

Handler on_timer;
Handler on_keyboard;
Handler on_spurious_first;  // the first controller's IRQ 7
Handler on_spurious_second; // the second one's IRQ 15

} // namespace kernel
