// The kernel's command line: what has been built in all these posts, to be looked at and played
// with.
#pragma once

#include "memory/take_over.hpp"

namespace kernel {

// Reads commands from the keyboard and runs them, for ever. Needs the heap and interrupts. Without
// a keyboard it says so and rests.
[[noreturn]] void run_shell(MachineMemory& memory);

} // namespace kernel
