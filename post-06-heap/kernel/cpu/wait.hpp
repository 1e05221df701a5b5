// Waits for something that an interrupt handler does.
#pragma once

#include "cpu/instructions.hpp"

namespace kernel {

// Stops the CPU until holds() returns true: calls it at once, and again after each interrupt. When
// this returns, interrupts are on, so do not use it in handlers or inside Locked::with.
//
// While holds() runs, interrupts are off. Otherwise an interrupt that makes it true could come
// between its return and HLT, and the CPU would stop all the same.
template <typename Condition>
void wait_until(Condition holds) {
    disable_interrupts();
    while (!holds()) {
        enable_interrupts_and_halt();
        disable_interrupts();
    }
    enable_interrupts();
}

} // namespace kernel
