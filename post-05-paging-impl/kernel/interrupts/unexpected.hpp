// The handler of every vector that has none of its own.
#pragma once

#include "interrupts/handler.hpp"

namespace kernel {

// Panics, and names the vector.
Handler on_unexpected;

} // namespace kernel
