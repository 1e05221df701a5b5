// The kernel's interrupt descriptor table, and its answer to a breakpoint.
#pragma once

#include "interrupts/handler.hpp"

namespace kernel {

// Prints the frame and lets the program go on behind its int3.
Handler on_breakpoint;

// Builds the kernel's interrupt descriptor table and loads it. The segments come first: its gates
// name the code segment and the double fault's stack.
void initialize_interrupts();

} // namespace kernel
