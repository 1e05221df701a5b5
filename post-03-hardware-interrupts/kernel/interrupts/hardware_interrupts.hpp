// What the timer and the keyboard have to say, from their interrupt handlers to everybody else.
#pragma once

#include "interrupts/handler.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

inline constexpr unsigned ticks_per_second = 100;

// Sets up the interrupt controllers, the timer and the keyboard, and lets their two interrupts
// through. To be called once, before interrupts are switched on; panics if there is no keyboard
// controller that works.
void initialize_hardware_interrupts();

// Timer interrupts so far.
std::uint64_t ticks();

// The next byte from the keyboard. With nothing to do until it comes, the CPU rests. Interrupts are
// on afterwards.
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
