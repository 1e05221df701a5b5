// Calls near the end of a stack, and a way to return from the fault that they cause.
#pragma once

#include <cstdint>

namespace kernel_test {

// Calls `function` with RSP = `stack_pointer`, with its return address below that. Returns when the
// function returns or anything calls come_back. Calls must not be nested.
extern "C" void call_on_stack_at(void (*function)(), std::uint64_t stack_pointer);
extern "C" [[noreturn]] void come_back();

} // namespace kernel_test
