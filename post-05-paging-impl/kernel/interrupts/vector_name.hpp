// What the manuals call the exceptions, for messages.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
#pragma once

#include "interrupts/vector.hpp"

#include <string_view>

namespace kernel {

// `vector` is an exception's.
constexpr std::string_view name_of(Vector vector) {
    switch (vector) {
    case Vector::divide_error:
        return "DIVIDE ERROR";
    case Vector::debug:
        return "DEBUG";
    case Vector::non_maskable_interrupt:
        return "NON-MASKABLE INTERRUPT";
    case Vector::breakpoint:
        return "BREAKPOINT";
    case Vector::overflow:
        return "OVERFLOW";
    case Vector::bound_range_exceeded:
        return "BOUND RANGE EXCEEDED";
    case Vector::invalid_opcode:
        return "INVALID OPCODE";
    case Vector::device_not_available:
        return "DEVICE NOT AVAILABLE";
    case Vector::double_fault:
        return "DOUBLE FAULT";
    case Vector::invalid_tss:
        return "INVALID TSS";
    case Vector::segment_not_present:
        return "SEGMENT NOT PRESENT";
    case Vector::stack_segment_fault:
        return "STACK-SEGMENT FAULT";
    case Vector::general_protection:
        return "GENERAL PROTECTION";
    case Vector::page_fault:
        return "PAGE FAULT";
    case Vector::x87_floating_point:
        return "X87 FLOATING POINT";
    case Vector::alignment_check:
        return "ALIGNMENT CHECK";
    case Vector::machine_check:
        return "MACHINE CHECK";
    case Vector::simd_floating_point:
        return "SIMD FLOATING POINT";
    case Vector::virtualization:
        return "VIRTUALIZATION";
    case Vector::control_protection:
        return "CONTROL PROTECTION";
    case Vector::hypervisor_injection:
        return "HYPERVISOR INJECTION";
    case Vector::vmm_communication:
        return "VMM COMMUNICATION";
    case Vector::security:
        return "SECURITY";
    default:
        return "RESERVED";
    }
}

static_assert(name_of(Vector::page_fault) == "PAGE FAULT");
static_assert(name_of(static_cast<Vector>(9)) == "RESERVED");

} // namespace kernel
