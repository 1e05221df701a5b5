// The numbers by which the CPU knows its exceptions.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
#pragma once

#include <cstddef>
#include <cstdint>

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

} // namespace kernel
