// What is typed on the keyboard: from the interrupt handler to the code that waits for a key.
#pragma once

#include "devices/keyboard.hpp"
#include "interrupts/handler.hpp"

#include <cstddef>

namespace kernel {

// Sets the keyboard controller up and unmasks its interrupt. If the controller does not work,
// prints that there is no keyboard. To be called once, with interrupts off, after
// pics.initialize().
void initialize_keyboard();

bool has_keyboard();

// The next key that is pressed. Waits for it, without a keyboard for ever. Switches interrupts on:
// not for handlers, nor inside Locked::with.
TypedKey wait_for_key();

// How many presses and releases were lost because too many came between two calls of wait_for_key.
std::size_t lost_key_events();

Handler on_keyboard;

} // namespace kernel
