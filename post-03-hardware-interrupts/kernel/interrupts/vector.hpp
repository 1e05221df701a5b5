// The numbers by which the CPU knows exceptions and interrupts.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
#pragma once

#include "devices/irq.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

inline constexpr std::size_t vector_count = 256;

// The exceptions that the kernels of this series handle. All other numbers are valid too: 0 to 31
// belong to the architecture, and the kernel may use 32 to 255 as it likes.
enum class Vector : std::uint8_t {
    breakpoint = 3,
    double_fault = 8,
    page_fault = 14,
};

// Whether the CPU pushes an error code after the return address. stubs.asm has the same list; a
// test compares the two.
constexpr bool pushes_error_code(Vector vector) {
    const auto v = static_cast<unsigned>(vector);
    return v == 8 || (v >= 10 && v <= 14) || v == 17 || v == 21 || v == 29 || v == 30;
}

// The vector on which an interrupt request line reaches the CPU.
constexpr Vector vector_of(Irq irq) {
    return static_cast<Vector>(first_irq_vector + static_cast<std::uint8_t>(irq));
}

// Whether the vector belongs to the architecture. The others are for interrupts.
constexpr bool is_exception(Vector vector) {
    return static_cast<std::size_t>(vector) < 32;
}

// The manuals' names of the exceptions, for messages. Precondition: is_exception(vector).
constexpr std::string_view name_of(Vector vector) {
    constexpr std::array<std::string_view, 32> names{
        // 0 to 7
        "DIVIDE ERROR", "DEBUG", "NON-MASKABLE INTERRUPT", "BREAKPOINT", "OVERFLOW",
        "BOUND RANGE EXCEEDED", "INVALID OPCODE", "DEVICE NOT AVAILABLE",
        // 8 to 15
        "DOUBLE FAULT", "RESERVED", "INVALID TSS", "SEGMENT NOT PRESENT", "STACK-SEGMENT FAULT",
        "GENERAL PROTECTION", "PAGE FAULT", "RESERVED",
        // 16 to 23
        "X87 FLOATING POINT", "ALIGNMENT CHECK", "MACHINE CHECK", "SIMD FLOATING POINT",
        "VIRTUALIZATION", "CONTROL PROTECTION", "RESERVED", "RESERVED",
        // 24 to 31
        "RESERVED", "RESERVED", "RESERVED", "RESERVED", "HYPERVISOR INJECTION", "VMM COMMUNICATION",
        "SECURITY", "RESERVED"};
    return names[static_cast<std::size_t>(vector)];
}

} // namespace kernel
