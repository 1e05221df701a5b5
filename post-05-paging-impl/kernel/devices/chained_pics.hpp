// The PC's two 8259A interrupt controllers, the second one behind line 2 of the first.
//
// They choose which device interrupts the CPU next and on which vector. Firmware leaves the
// first on vectors 8 to 15, where the CPU has exceptions: a tick would look like a double fault.
// [Intel 8259A data sheet, "Programming the 8259A"]
#pragma once

#include "cpu/port.hpp"
#include "devices/irq.hpp"

#include <cstdint>

namespace kernel {

// To be called with interrupts off or from a handler: `mask` and `unmask` change what they
// remember, and `is_spurious` takes two steps.
template <PortBus Ports>
class ChainedPics {
public:
    constexpr explicit ChainedPics(Ports ports = {}) : ports_{ports} {}

    // Both chips on their new vectors, every line masked. Needs interrupts off: the first
    // command word clears the masks, so until the end every line is open on a half-told chip.
    void initialize() {
        initialize(first_chip, first_irq_vector, second_chip_is_on_line_2);
        initialize(second_chip, first_irq_vector_of_second_chip, identity_2);
        masked_ = 0xFFFF;
        write_and_wait(first_chip + data, first_mask());
        write_and_wait(second_chip + data, second_mask());
    }

    // A line of the second chip gets through only if the first chip's line 2 is open as well.
    void unmask(Irq irq) {
        const bool opens_cascade = is_on_second_chip(irq) && (masked_ & bit(Irq::cascade)) != 0;
        masked_ = static_cast<std::uint16_t>(masked_ & ~bit(irq));
        write_mask_of(irq);
        if (opens_cascade) {
            unmask(Irq::cascade);
        }
    }

    void mask(Irq irq) {
        masked_ = static_cast<std::uint16_t>(masked_ | bit(irq));
        write_mask_of(irq);
    }

    // Ends the most urgent interrupt in service, which is `irq` unless handlers nest. Until then a
    // chip holds back all that are not more urgent. A line of the second chip came through both.
    // [Intel 8259A data sheet, "End of Interrupt (EOI)", "Cascade Mode"]
    void end_of_interrupt(Irq irq) {
        if (is_on_second_chip(irq)) {
            ports_.write8(second_chip + command, non_specific_end_of_interrupt);
        }
        ports_.write8(first_chip + command, non_specific_end_of_interrupt);
    }

    // When a request is gone before the CPU asks for its vector, the chip names its line 7 and
    // puts nothing in service.
    // [Intel 8259A data sheet, "Interrupt Sequence", "Edge and Level Triggered Modes"]
    [[nodiscard]] bool is_spurious(Irq irq) {
        if (irq != Irq::lpt1 && irq != Irq::secondary_ata) {
            return false;
        }
        return (status(irq, read_in_service_register) & line_7) == 0;
    }

    // Whether the device on this line wants an interrupt that the CPU has not taken yet. The masks
    // do not matter. Never without the chips: where none is, all bits read as ones, and no chip has
    // all of its lines in service.
    // [Intel 8259A data sheet, "Reading the 8259A Status"]
    [[nodiscard]] bool is_requested(Irq irq) {
        constexpr unsigned lines_of_a_chip = 8;
        const unsigned line = 1U << static_cast<unsigned>(irq) % lines_of_a_chip;
        return (status(irq, read_request_register) & line) != 0 &&
               status(irq, read_in_service_register) != all_ones;
    }

    // In place of end_of_interrupt, which would end an interrupt that is still being handled.
    // A spurious one of the second chip is a real one to the first, on line 2.
    void acknowledge_spurious(Irq irq) {
        if (is_on_second_chip(irq)) {
            ports_.write8(first_chip + command, non_specific_end_of_interrupt);
        }
    }

private:
    static constexpr Port first_chip{0x20};
    static constexpr Port second_chip{0xA0};
    static constexpr std::uint16_t command = 0; // ICW1, OCW2 and OCW3 go here
    static constexpr std::uint16_t data = 1;    // ICW2 to ICW4, then OCW1: the masks

    // [Intel 8259A data sheet, "Initialization Command Words"]
    // ICW1. Left 0: bit 1 (a chip alone), bits 2 and 5 to 7 (MCS-80 only), bit 3 (level
    // triggered; the PC's devices raise an edge).
    static constexpr std::uint8_t starts_initialization = 0b0001'0000;
    static constexpr std::uint8_t fourth_word_follows = 0b0000'0001;
    // ICW3: to the first chip a bit per line with a chip on it, to the other the line's number.
    static constexpr std::uint8_t second_chip_is_on_line_2 = 0b0000'0100;
    static constexpr std::uint8_t identity_2 = 2;
    // ICW4. Left 0: bit 1 (automatic end of interrupt), bits 2 and 3 (buffered mode), bit 4
    // (special fully nested mode).
    static constexpr std::uint8_t mode_8086 = 0b0000'0001;

    // [Intel 8259A data sheet, "Operation Command Words"]
    static constexpr std::uint8_t non_specific_end_of_interrupt = 0x20; // OCW2
    static constexpr std::uint8_t read_request_register = 0x0A;         // OCW3
    static constexpr std::uint8_t read_in_service_register = 0x0B;      // OCW3
    static constexpr std::uint8_t line_7 = 0b1000'0000;
    static constexpr std::uint8_t all_ones = 0xFF;

    static constexpr Port diagnostics{0x80};

    static constexpr unsigned bit(Irq irq) { return 1U << static_cast<unsigned>(irq); }
    std::uint8_t first_mask() const { return static_cast<std::uint8_t>(masked_); }
    std::uint8_t second_mask() const { return static_cast<std::uint8_t>(masked_ >> 8); }

    void initialize(Port chip, std::uint8_t first_vector, std::uint8_t cascade) {
        write_and_wait(chip + command, starts_initialization | fourth_word_follows);
        write_and_wait(chip + data, first_vector); // ICW2
        write_and_wait(chip + data, cascade);
        write_and_wait(chip + data, mode_8086);
    }

    // Old chips lose a command that follows the last one too soon, and have no bit that says
    // "ready". A write to the diagnostics port takes about a microsecond and changes nothing.
    void write_and_wait(Port port, std::uint8_t byte) {
        ports_.write8(port, byte);
        ports_.write8(diagnostics, 0);
    }

    // One of two registers of the chip that the line is on.
    std::uint8_t status(Irq irq, std::uint8_t which) {
        const Port chip = is_on_second_chip(irq) ? second_chip : first_chip;
        ports_.write8(chip + command, which);
        return ports_.read8(chip + command);
    }

    void write_mask_of(Irq irq) {
        const bool second = is_on_second_chip(irq);
        ports_.write8((second ? second_chip : first_chip) + data,
                      second ? second_mask() : first_mask());
    }

    [[no_unique_address]] Ports ports_;
    std::uint16_t masked_ = 0xFFFF; // bit n: IRQ n
};

} // namespace kernel
