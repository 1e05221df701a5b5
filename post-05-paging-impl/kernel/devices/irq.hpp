// The interrupt request lines of a PC that this kernel deals with.
//
// Two 8259A chips have eight lines each; the output of the second one is wired to line 2 of the
// first. [IBM PC AT Technical Reference, "System Interrupts"]
#pragma once

#include <cstdint>

namespace kernel {

enum class Irq : std::uint8_t {
    timer = 0,
    keyboard = 1,
    cascade = 2,        // the second chip: no device
    lpt1 = 7,           // and what the first chip reports when a request has vanished
    secondary_ata = 15, // and what the second chip reports then
};

// The vectors of lines 0 and 8. Vectors 0 to 31 belong to the CPU's exceptions.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"]
constexpr std::uint8_t first_irq_vector = 32;
constexpr std::uint8_t first_irq_vector_of_second_chip = first_irq_vector + 8;

constexpr bool is_on_second_chip(Irq irq) {
    return static_cast<std::uint8_t>(irq) >= 8;
}

} // namespace kernel
