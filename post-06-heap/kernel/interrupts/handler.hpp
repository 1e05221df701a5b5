// What a handler looks like depends on the vector it is for, and the compiler knows it.
#pragma once

#include "interrupts/trap_frame.hpp"
#include "interrupts/vector.hpp"

#include <atomic>
#include <cstdint>
#include <type_traits>

namespace kernel {

using Handler = void(TrapFrame& frame);
using HandlerWithErrorCode = void(TrapFrame& frame, std::uint64_t error_code);

// The result of a function that cannot return: there is no value of this type.
struct Never {
    Never() = delete;
};

using HandlerThatCannotReturn = Never(TrapFrame& frame, std::uint64_t error_code);

// The CPU does not promise that the program can go on after a double fault.
template <Vector V>
using HandlerOf =
    std::conditional_t<V == Vector::double_fault, HandlerThatCannotReturn,
                       std::conditional_t<pushes_error_code(V), HandlerWithErrorCode, Handler>>;

// How many handlers have been called and have not returned. A handler must not use the heap.
inline constinit std::atomic<std::uint64_t> handlers_running = 0;

inline bool is_in_interrupt_handler() {
    return handlers_running.load(std::memory_order_relaxed) != 0;
}

// The form in which entry.asm calls all of them.
template <Vector V, HandlerOf<V>& handler>
void call_handler(TrapFrame& frame) {
    handlers_running.fetch_add(1, std::memory_order_relaxed);
    if constexpr (pushes_error_code(V)) {
        handler(frame, frame.error_code);
    } else {
        handler(frame);
    }
    handlers_running.fetch_sub(1, std::memory_order_relaxed);
}

// The loaded table's handlers, indexed by the vector: entry.asm calls them through this pointer.
extern "C" Handler* const* interrupt_handlers;

// The addresses of entry.asm's stubs, indexed by the vector.
extern "C" const std::uint64_t interrupt_stubs[vector_count];

} // namespace kernel
