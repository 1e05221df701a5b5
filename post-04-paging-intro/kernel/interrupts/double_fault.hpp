// When one exception leads to another: which pairs the CPU handles one after the other, which are
// a double fault, and which end it.
// [AMD APM vol. 2, 8.2.9 "#DF—Double-Fault Exception (Vector 8)"]
// [Intel SDM vol. 3A, "Interrupt 8—Double Fault Exception (#DF)"]
#pragma once

#include "interrupts/handler.hpp"
#include "interrupts/vector.hpp"

#include <cstdint>

namespace kernel {

enum class Consequence : std::uint8_t {
    one_after_the_other, // both are handled, the second one first
    double_fault,
    shutdown, // the "triple fault": the board then resets the machine
};

constexpr bool is_contributory(Vector vector) {
    switch (vector) {
    case Vector::divide_error:
    case Vector::invalid_tss:
    case Vector::segment_not_present:
    case Vector::stack_segment_fault:
    case Vector::general_protection:
        return true;
    default:
        return false;
    }
}

// What happens when `second` is raised while the CPU is trying to call the handler of `first`.
constexpr Consequence consequence_of(Vector first, Vector second) {
    const bool page_fault = second == Vector::page_fault;
    // A divide error comes from a program's own DIV, never out of the call of a handler.
    const bool contributory = is_contributory(second) && second != Vector::divide_error;
    if (first == Vector::double_fault && (contributory || page_fault)) {
        return Consequence::shutdown;
    }
    if ((is_contributory(first) && contributory) ||
        (first == Vector::page_fault && (contributory || page_fault))) {
        return Consequence::double_fault;
    }
    return Consequence::one_after_the_other;
}

// Panics with the cause, as far as it shows, and the interrupted registers.
HandlerOf<Vector::double_fault> on_double_fault;

} // namespace kernel
