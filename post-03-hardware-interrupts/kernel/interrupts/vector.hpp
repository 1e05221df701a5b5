// The numbers under which the CPU knows exceptions and interrupts.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
#pragma once

#include "devices/irq.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

inline constexpr std::size_t vector_count = 256;

// 0 to 31 are the architecture's; those without a name are reserved. 32 to 255 are free for us.
enum class Vector : std::uint8_t {
    divide_error = 0,
    debug = 1,
    non_maskable_interrupt = 2,
    breakpoint = 3,
    overflow = 4,
    bound_range_exceeded = 5,
    invalid_opcode = 6,
    device_not_available = 7,
    double_fault = 8,
    invalid_tss = 10,
    segment_not_present = 11,
    stack_segment_fault = 12,
    general_protection = 13,
    page_fault = 14,
    x87_floating_point = 16,
    alignment_check = 17,
    machine_check = 18,
    simd_floating_point = 19,
    virtualization = 20,
    control_protection = 21,
    hypervisor_injection = 28, // 28 to 30: AMD only
    vmm_communication = 29,
    security = 30,
    timer = vector_of(Irq::timer),
    keyboard = vector_of(Irq::keyboard),
    spurious_first = vector_of(Irq::lpt1),
    spurious_second = vector_of(Irq::secondary_ata),
};

// Whether the vector is the architecture's; if not, it is an interrupt's.
constexpr bool is_exception(Vector vector) {
    return static_cast<unsigned>(vector) < 32;
}

// Whether the CPU pushes an error code below the return address. The list stands once more in
// entry.asm; a test compares the two.
constexpr bool pushes_error_code(Vector vector) {
    switch (vector) {
    case Vector::double_fault:
    case Vector::invalid_tss:
    case Vector::segment_not_present:
    case Vector::stack_segment_fault:
    case Vector::general_protection:
    case Vector::page_fault:
    case Vector::alignment_check:
    case Vector::control_protection:
    case Vector::vmm_communication:
    case Vector::security:
        return true;
    default:
        return false;
    }
}

} // namespace kernel
