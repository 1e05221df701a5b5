// The numbers by which the CPU knows its exceptions.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

inline constexpr std::size_t vector_count = 256;

// Vectors 0 to 31 belong to the architecture; those without a name are reserved. The kernel may
// use 32 to 255 as it likes.
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
};

// Whether the CPU pushes an error code after the return address. entry.asm has the same list; a
// test compares the two.
constexpr bool pushes_error_code(Vector vector) {
    const auto v = static_cast<unsigned>(vector);
    return v == 8 || (v >= 10 && v <= 14) || v == 17 || v == 21 || v == 29 || v == 30;
}

} // namespace kernel
