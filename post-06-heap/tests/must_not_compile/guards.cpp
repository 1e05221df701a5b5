// A guard without a name is destroyed at once, and protects nothing.

#include "cpu/locked.hpp"

using namespace kernel;

void guard() {
    const InterruptsOff off;
    InterruptsOff(); // must not compile: nodiscard
    InterruptsOff{}; // must not compile: nodiscard
}
