// The sixteen interrupt request lines of a PC, and the vectors on which the CPU sees them.
//
// Two 8259A chips of eight lines each; the second one's output is wired to line 2 of the first.
// [IBM PC AT Technical Reference, "System Interrupts"] (the names of 9, 12 and 15 came later)
#pragma once

#include <cstdint>

namespace kernel {

enum class Irq : std::uint8_t {
    timer = 0,
    keyboard = 1,
    cascade = 2, // the second chip; never arrives as an interrupt of its own
    serial_2 = 3,
    serial_1 = 4,
    lpt2 = 5,
    floppy = 6,
    lpt1 = 7, // also what the first chip says when a request is gone before it can be named
    real_time_clock = 8,
    acpi = 9,
    free_10 = 10,
    free_11 = 11,
    mouse = 12,
    coprocessor = 13,
    primary_ata = 14,
    secondary_ata = 15, // also the second chip's word for a request that is gone
};

// The first vectors behind those the CPU keeps for its exceptions, 0 to 31.
// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"]
constexpr std::uint8_t first_irq_vector = 32;
constexpr std::uint8_t first_irq_vector_of_second_chip = 40;

constexpr bool is_on_second_chip(Irq irq) {
    return static_cast<std::uint8_t>(irq) >= 8;
}

constexpr std::uint8_t vector_of(Irq irq) {
    return static_cast<std::uint8_t>(first_irq_vector + static_cast<std::uint8_t>(irq));
}

static_assert(vector_of(Irq::timer) == first_irq_vector);
static_assert(vector_of(Irq::real_time_clock) == first_irq_vector_of_second_chip);
static_assert(vector_of(Irq::secondary_ata) == 47);

} // namespace kernel
