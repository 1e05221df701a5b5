// Timer, keyboard and interrupt controllers, as the CPU sees them.

#include "interrupts/hardware_interrupts.hpp"
#include "cpu/instructions.hpp"
#include "cpu/interrupts_off.hpp"
#include "devices/chained_pics.hpp"
#include "devices/interval_timer.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"
#include "support/registers.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit ChainedPics<CpuPorts> pics;

// [Intel 8259A data sheet, "Reading the 8259A Status"]
std::uint8_t first_chip_in_service() {
    constexpr Port command{0x20};
    constexpr std::uint8_t read_in_service_register = 0x0B;
    CpuPorts::write8(command, read_in_service_register);
    return CpuPorts::read8(command);
}

// Runs first: the timer is running, and nobody has unmasked it.
void masked_interrupts_stay_silent() {
    pics.initialize();
    IntervalTimer<CpuPorts>{}.start(*TimerRate::of(1000));
    enable_interrupts();
    for (int i = 0; i < 1'000'000; ++i) {
        CpuPorts::read8(Port{0x80}); // about a microsecond
    }
    disable_interrupts();
    expect_equal(ticks(), 0u);
}

void ticks_arrive_and_go_on_arriving() {
    initialize_hardware_interrupts();
    const std::uint64_t before = ticks();
    while (ticks() < before + 5) {
        enable_interrupts_and_halt();
    }
    disable_interrupts();
    expect(ticks() >= before + 5);
}

void registers_and_flags_survive_a_timer_interrupt() {
    const Registers before{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x8D7};
    Registers after{};
    Place place{};
    const std::uint64_t ticks_before = ticks();
    halt_with_registers(before, after, place);
    expect(ticks() > ticks_before);
    for (int i = 0; i < 16; ++i) {
        expect_equal((&after.rax)[i], (&before.rax)[i]);
    }
}

void nested_guards_give_back_what_was() {
    disable_interrupts();
    {
        const InterruptsOff<CpuInterrupts> off;
        expect(!interrupts_are_enabled());
    }
    expect(!interrupts_are_enabled());
    enable_interrupts();
    {
        const InterruptsOff<CpuInterrupts> outer;
        {
            const InterruptsOff<CpuInterrupts> inner;
            expect(!interrupts_are_enabled());
        }
        expect(!interrupts_are_enabled());
    }
    expect(interrupts_are_enabled());
    disable_interrupts();
}

constinit std::uint8_t in_service_after_first = 0;
constinit std::uint8_t in_service_after_second = 0;

// While the timer's interrupt is being handled, two spurious ones are pretended by INT. An EOI for
// the first would end the timer's; the second needs one, for the line between the chips.
void on_tick_with_spurious_interrupts(TrapFrame&) {
    asm volatile("int $39");
    in_service_after_first = first_chip_in_service();
    asm volatile("int $47");
    in_service_after_second = first_chip_in_service();
    pics.end_of_interrupt(Irq::timer);
}

void spurious_interrupts_are_counted_and_acknowledged_where_they_must() {
    static constinit InterruptDescriptorTable table;
    table.set<Vector::timer, on_tick_with_spurious_interrupts>(read_cs());
    table.set<Vector::spurious_first, on_spurious_first>(read_cs());
    table.set<Vector::spurious_second, on_spurious_second>(read_cs());
    table.load();
    expect_equal(spurious_interrupts(), 0u);
    pics.initialize();
    pics.unmask(Irq::timer);
    enable_interrupts_and_halt();
    disable_interrupts();
    expect_equal(spurious_interrupts(), 2u);
    expect_equal(in_service_after_first, 1); // IRQ 0 still
    expect_equal(in_service_after_second, 0);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t) {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"masked interrupts stay silent", masked_interrupts_stay_silent},
        {"ticks arrive and go on arriving", ticks_arrive_and_go_on_arriving},
        {"registers and flags survive a timer interrupt",
         registers_and_flags_survive_a_timer_interrupt},
        {"nested guards give back what was", nested_guards_give_back_what_was},
        {"spurious interrupts are counted, and acknowledged where they must",
         spurious_interrupts_are_counted_and_acknowledged_where_they_must},
    });
}
