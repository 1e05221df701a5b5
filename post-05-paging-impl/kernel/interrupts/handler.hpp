// The form of a handler depends on its vector, and the compiler checks it.
#pragma once

#include "interrupts/trap_frame.hpp"
#include "interrupts/vector.hpp"

#include <cstdint>
#include <type_traits>

namespace kernel {

using Handler = void(TrapFrame& frame);
using HandlerWithErrorCode = void(TrapFrame& frame, std::uint64_t error_code);

// The result of a function that cannot return: no constructor makes a value for it to return.
struct Never {
    Never() = delete;
};

using HandlerThatCannotReturn = Never(TrapFrame& frame, std::uint64_t error_code);

// The form of vector V's handler. After a double fault the program cannot continue, because the CPU
// may have lost its state.
template <Vector V>
using HandlerOf =
    std::conditional_t<V == Vector::double_fault, HandlerThatCannotReturn,
                       std::conditional_t<pushes_error_code(V), HandlerWithErrorCode, Handler>>;

// Wraps a handler of any form in a function of the form Handler, which stubs.asm can call.
template <Vector V, HandlerOf<V>& handler>
void call_handler(TrapFrame& frame) {
    if constexpr (pushes_error_code(V)) {
        handler(frame, frame.error_code);
    } else {
        handler(frame);
    }
}

} // namespace kernel
