// The keys that are typed on the keyboard, for code that waits for them.
#pragma once

#include "devices/keyboard.hpp"
#include "interrupts/handler.hpp"

#include <cstddef>

namespace kernel {

// Sets the keyboard controller up and unmasks its interrupt. If the controller does not work,
// prints that there is no keyboard. Call it once, with interrupts off, after pics.initialize().
void initialize_keyboard();

bool has_keyboard();

// Waits for the next key that is pressed, and returns it; without a keyboard it never returns.
// Switches interrupts on, so do not call it in handlers or inside Locked::with.
TypedKey wait_for_key();

// How many presses and releases were lost because too many came between two calls of wait_for_key.
std::size_t lost_key_events();

Handler on_keyboard;

} // namespace kernel
