// The interrupt request lines of a PC, IRQ 0 to IRQ 15.
//
// Two 8259A chips have eight lines each; the output of the second is wired to line 2 of the first.
// [IBM PC AT Technical Reference, "System Interrupts"]
#pragma once

#include <cstdint>

namespace kernel {

// The lines that the kernel uses; the other numbers up to 15 are valid too.
enum class Irq : std::uint8_t {
    timer = 0,
    keyboard = 1,
    cascade = 2,        // the second chip; never comes as an interrupt of its own
    lpt1 = 7,           // also reported by the first chip if a request has gone away
    secondary_ata = 15, // also reported by the second chip if a request has gone away
};

// The vector of IRQ 0: the first that does not belong to the CPU's exceptions.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"]
inline constexpr std::uint8_t first_irq_vector = 32;

} // namespace kernel
