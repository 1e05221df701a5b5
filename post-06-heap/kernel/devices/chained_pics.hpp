// The PC's two 8259A interrupt controllers, the second one behind line 2 of the first.
//
// They choose which device interrupts the CPU next, and on which vector. Firmware leaves the first
// on vectors 8 to 15, which are exceptions to the CPU: a tick would look like a double fault.
// [Intel 8259A data sheet, "Programming the 8259A"]
#pragma once

#include "cpu/port.hpp"
#include "devices/irq.hpp"

#include <cstdint>

namespace kernel {

// Call these functions with interrupts off or from a handler: most of them take several steps.
template <PortBus Ports>
class ChainedPics {
public:
    constexpr explicit ChainedPics(Ports ports = {}) : ports_{ports} {}

    // Gives both chips their vectors and masks all lines: no request reaches the CPU. Requests from
    // before are forgotten.
    void initialize() {
        initialize(first_chip, first_irq_vector, second_chip_is_on_line_2);
        initialize(second_chip, first_irq_vector + 8, identity_2);
        write_and_wait(first_chip + data, all_lines);
        write_and_wait(second_chip + data, all_lines);
    }

    // Lets the interrupts of this line through. A line of the second chip needs line 2 of the
    // first.
    void unmask(Irq irq) {
        const Port masks = chip_of(irq) + data;
        ports_.write8(masks, static_cast<std::uint8_t>(ports_.read8(masks) & ~line_of(irq)));
        if (chip_of(irq) == second_chip) {
            unmask(Irq::cascade);
        }
    }

    // Ends the most urgent interrupt in service, which is `irq` unless handlers nest. Until then a
    // chip holds back all requests that are not more urgent. An interrupt of the second chip is one
    // of the first too. [Intel 8259A data sheet, "End of Interrupt (EOI)", "Cascade Mode"]
    void end_of_interrupt(Irq irq) {
        if (chip_of(irq) == second_chip) {
            ports_.write8(second_chip + command, non_specific_end_of_interrupt);
        }
        ports_.write8(first_chip + command, non_specific_end_of_interrupt);
    }

    // Returns whether the interrupt `irq` is spurious. If it is, the handler must not call
    // end_of_interrupt, which would end another interrupt that is still being handled: this
    // function has sent the first chip what a spurious interrupt of the second needs.
    // Precondition: `irq` is line 7 of its chip.
    //
    // If a request goes away before the CPU has asked for its vector, the chip reports its line 7,
    // but that line is not in service. To the first chip a spurious interrupt of the second is a
    // real one. [Intel 8259A data sheet, "Interrupt Sequence", "Edge and Level Triggered Modes"]
    [[nodiscard]] bool end_if_spurious(Irq irq) {
        const bool spurious = (status(irq, read_in_service_register) & line_of(irq)) == 0;
        if (spurious && chip_of(irq) == second_chip) {
            ports_.write8(first_chip + command, non_specific_end_of_interrupt);
        }
        return spurious;
    }

    // Whether the device on this line requests an interrupt, masked or not. False on a PC without
    // the chips: all bits of a missing chip read as 1, and no chip has all its lines in service.
    // [Intel 8259A data sheet, "Reading the 8259A Status"]
    [[nodiscard]] bool is_requested(Irq irq) {
        return (status(irq, read_request_register) & line_of(irq)) != 0 &&
               status(irq, read_in_service_register) != all_lines;
    }

private:
    static constexpr Port first_chip{0x20};
    static constexpr Port second_chip{0xA0};
    static constexpr std::uint16_t command = 0; // for ICW1, OCW2 and OCW3
    static constexpr std::uint16_t data = 1;    // for ICW2 to ICW4, and then OCW1: the masks

    // [Intel 8259A data sheet, "Initialization Command Words (ICWs)"]
    // ICW1: ICW2 to ICW4 follow. Bit 1 (a single chip), bits 2 and 5 to 7 (for the MCS-80) and
    // bit 3 (level triggered; a PC's devices raise an edge) stay 0.
    static constexpr std::uint8_t starts_initialization = 0b0001'0001;
    // ICW3: for the first chip a bit per line with a chip on it, for the second that line's number.
    static constexpr std::uint8_t second_chip_is_on_line_2 = 0b0000'0100;
    static constexpr std::uint8_t identity_2 = 2;
    // ICW4. Bit 1 (automatic end of interrupt), bits 2 and 3 (buffered mode) and bit 4 (special
    // fully nested mode) stay 0.
    static constexpr std::uint8_t mode_8086 = 0b0000'0001;

    // [Intel 8259A data sheet, "Operation Command Words (OCWs)"]
    static constexpr std::uint8_t all_lines = 0xFF;                     // OCW1
    static constexpr std::uint8_t non_specific_end_of_interrupt = 0x20; // OCW2
    static constexpr std::uint8_t read_request_register = 0x0A;         // OCW3
    static constexpr std::uint8_t read_in_service_register = 0x0B;      // OCW3

    static constexpr Port diagnostics{0x80};

    static constexpr Port chip_of(Irq irq) { return irq < Irq{8} ? first_chip : second_chip; }
    static constexpr unsigned line_of(Irq irq) { return 1U << static_cast<unsigned>(irq) % 8; }

    // The first word clears the masks, so interrupts must be off until the masks are set again.
    void initialize(Port chip, std::uint8_t first_vector, std::uint8_t cascade) {
        write_and_wait(chip + command, starts_initialization);
        write_and_wait(chip + data, first_vector); // ICW2
        write_and_wait(chip + data, cascade);
        write_and_wait(chip + data, mode_8086);
    }

    // Old chips lose a word that follows the last one too soon, and have no bit that says "ready".
    // A write to the diagnostics port takes about a microsecond and changes nothing.
    void write_and_wait(Port port, std::uint8_t byte) {
        ports_.write8(port, byte);
        ports_.write8(diagnostics, 0);
    }

    // A status register of the line's chip.
    std::uint8_t status(Irq irq, std::uint8_t which) {
        ports_.write8(chip_of(irq) + command, which);
        return ports_.read8(chip_of(irq) + command);
    }

    [[no_unique_address]] Ports ports_;
};

} // namespace kernel
