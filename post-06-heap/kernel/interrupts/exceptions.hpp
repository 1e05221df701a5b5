// The kernel's exception handlers, and the table that leads the CPU to all handlers.
#pragma once

#include "interrupts/handler.hpp"

namespace kernel {

// The names of the types, such as Handler, stand for function types: each of these lines declares a
// function.

// Prints the frame; the program then continues after its int3.
Handler on_breakpoint;

// Panics with the cause, if it is a stack overflow, and the interrupted program's registers.
HandlerThatCannotReturn on_double_fault;

// Panics with what was tried, where, and the likely cause. It runs on the stack on which the fault
// happened. If that stack is used up, the CPU cannot push the frame and raises a double fault,
// whose handler has a stack of its own.
HandlerWithErrorCode on_page_fault;

// The handler of all vectors that have none of their own: panics and names the vector.
Handler on_unexpected;

// Fills the kernel's interrupt descriptor table and loads it. Call it with interrupts off, and
// after initialize_segments: the gates name the code segment and the double fault's stack.
void initialize_interrupts();

} // namespace kernel
