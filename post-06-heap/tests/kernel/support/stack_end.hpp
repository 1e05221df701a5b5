// Calls near the end of a stack, and a way back out of the fault that they end in.
#pragma once

#include <cstdint>

namespace kernel_test {

// Calls `function` with RSP = `stack_pointer`; its return address lies below that. Returns when the
// function does, or when come_back is called, from wherever that is. Not to be nested.
extern "C" void call_on_stack_at(void (*function)(), std::uint64_t stack_pointer);
extern "C" [[noreturn]] void come_back();

} // namespace kernel_test
