// The kernel's exception handlers, and the table that leads the CPU to them.
#pragma once

#include "interrupts/handler.hpp"

namespace kernel {

// The names of the types, such as Handler, stand for function types: each of these lines declares a
// function.

// Prints the frame; the program then continues after its int3.
Handler on_breakpoint;

// Panics with the cause, if it is a stack overflow, and the interrupted program's registers.
HandlerThatCannotReturn on_double_fault;

// Fills the kernel's interrupt descriptor table and loads it. Call it with interrupts off, and
// after initialize_segments: the gates name the code segment and the double fault's stack.
void initialize_interrupts();

} // namespace kernel
