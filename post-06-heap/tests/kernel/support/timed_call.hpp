// Counts the instructions of one call exactly, independent of the code around it.
#pragma once

#include "support/figure.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel_test {

struct TimedResult {
    void* result;        // the function's result, if it has one
    std::uint64_t ticks; // of the time-stamp counter, including the measurement's own
};

// Calls function(first, second, third, fourth). It may take fewer, and pointers as well as numbers.
extern "C" TimedResult timed_call(void (*function)(), void* first, std::uintptr_t second,
                                  std::size_t third = 0, std::size_t fourth = 0);

// The ticks of one instruction.
extern "C" void return_at_once();

// The instructions of the function, including its `ret` and without the call.
inline std::uint64_t instructions_of(const TimedResult& call) {
    static const std::uint64_t own = timed_call(return_at_once, nullptr, 0).ticks;
    return instructions(call.ticks, own) + 1;
}

} // namespace kernel_test
