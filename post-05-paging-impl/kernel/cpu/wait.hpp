// Waiting for what an interrupt handler brings.
#pragma once

#include "cpu/instructions.hpp"

namespace kernel {

// Stops the CPU until holds() is true, which is asked again after each interrupt. Switches
// interrupts on, so this is neither for handlers nor for code inside Locked::with.
//
// While holds() is asked, interrupts are off. Otherwise the one that makes it true could come
// between the answer and HLT, and the CPU would stop all the same.
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
