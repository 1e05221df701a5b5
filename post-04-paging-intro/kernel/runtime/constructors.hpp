// What the language promises to have happened before the first line of the program runs.
#pragma once

// Calls the constructors of global objects that the compiler could not evaluate itself, in the
// order in which the linker collected them. The boot code calls it, once.
extern "C" void run_constructors();
