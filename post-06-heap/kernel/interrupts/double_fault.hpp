// When one exception leads to another: which pairs the CPU handles one after the other, which are
// a double fault, and which end it.
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

// What a vector counts as when it comes together with another one.
enum class ExceptionClass : std::uint8_t { benign, contributory, page_fault };

constexpr ExceptionClass class_of(Vector vector) {
    switch (vector) {
    case Vector::divide_error:
    case Vector::invalid_tss:
    case Vector::segment_not_present:
    case Vector::stack_segment_fault:
    case Vector::general_protection:
    case Vector::control_protection:
        return ExceptionClass::contributory;
    case Vector::page_fault:
    case Vector::virtualization:
        return ExceptionClass::page_fault;
    default:
        return ExceptionClass::benign;
    }
}

// What happens when `second` is raised while the CPU is trying to call the handler of `first`.
constexpr Consequence consequence_of(Vector first, Vector second) {
    if (class_of(second) == ExceptionClass::benign) {
        return Consequence::one_after_the_other;
    }
    if (first == Vector::double_fault) {
        return Consequence::shutdown;
    }
    if (class_of(first) == ExceptionClass::page_fault ||
        (class_of(first) == ExceptionClass::contributory &&
         class_of(second) == ExceptionClass::contributory)) {
        return Consequence::double_fault;
    }
    return Consequence::one_after_the_other;
}

// Panics with the cause, as far as it shows, and the interrupted registers.
HandlerOf<Vector::double_fault> on_double_fault;

} // namespace kernel
