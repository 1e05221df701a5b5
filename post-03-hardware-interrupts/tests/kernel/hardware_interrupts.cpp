// The timer, the keyboard and the interrupt controllers, seen from the CPU.

#include "interrupts/hardware_interrupts.hpp"
#include "cpu/instructions.hpp"
#include "cpu/interrupts_off.hpp"
#include "devices/chained_pics.hpp"
#include "devices/interval_timer.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"
#include "support/pretended_keyboard.hpp"
#include "support/registers.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit ChainedPics<CpuPorts> pics;

// Bit n: IRQ n. [Intel 8259A data sheet, "Reading the 8259A Status"]
enum class Register : std::uint8_t { requested = 0x0A, in_service = 0x0B };

std::uint8_t read_first_chip(Register which) {
    constexpr Port command{0x20};
    CpuPorts::write8(command, static_cast<std::uint8_t>(which));
    return CpuPorts::read8(command);
}

// Runs first: the timer requests an interrupt, and its line is still masked.
void masked_interrupts_stay_silent() {
    pics.initialize();
    IntervalTimer<CpuPorts>{}.start(*TimerRate::of(1000));
    while ((read_first_chip(Register::requested) & 1) == 0) {
    }
    enable_interrupts();
    for (int i = 0; i < 1000; ++i) {
        CpuPorts::read8(Port{0x80}); // about a microsecond
    }
    disable_interrupts();
    expect_equal(ticks(), 0u);
}

// Configures the controller for no interrupts, as a firmware may leave it. If the kernel did not
// change that, no key would arrive below.
void switch_keyboard_interrupt_off() {
    constexpr std::uint8_t write_configuration = 0x60;
    CpuPorts::write8(Port{0x64}, write_configuration);
    while ((CpuPorts::read8(Port{0x64}) & 0b10) != 0) {
    }
    CpuPorts::write8(Port{0x60}, 0);
}

// If they do not, the test times out.
void ticks_arrive_and_go_on_arriving() {
    switch_keyboard_interrupt_off();
    initialize_hardware_interrupts();
    expect_equal(CpuPorts::read8(Port{0x21}), 0xFC); // the masks: all other lines are off
    expect_equal(CpuPorts::read8(Port{0xA1}), 0xFF);
    expect_equal(uptime(), 0u);
    expect(has_keyboard());
    wait_for_tick(5);
    expect(interrupts_are_enabled());
    disable_interrupts();
    expect_equal(uptime(), ticks() * 10); // 10.0001 ms each
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

// The first interrupt finds no byte any more. It must have no effect.
void an_interrupt_without_a_byte_gives_no_scancode() {
    asm volatile("int $33" : : : "memory");
    enable_interrupts();
    pretend_keyboard_sends(0x2A);
    expect_equal(wait_for_scancode(), 0x2A);
    expect(interrupts_are_enabled());
    disable_interrupts();
}

void a_full_queue_drops_the_newest_bytes_and_says_so() {
    constexpr unsigned kept = 127;
    enable_interrupts();
    for (std::uint8_t byte = 0; byte < kept + 5; ++byte) {
        pretend_keyboard_sends(byte);
    }
    while (dropped_scancodes() < 5) {
        halt(); // the next tick wakes the CPU if no key does
    }
    for (std::uint8_t byte = 0; byte < kept; ++byte) {
        expect_equal(wait_for_scancode(), byte);
    }
    expect_equal(wait_for_scancode(), 0xFF); // an overrun
    disable_interrupts();
    expect_equal(dropped_scancodes(), 5u);
}

constinit std::uint8_t in_service_after_first = 0;
constinit std::uint8_t in_service_after_second = 0;

// While the timer's interrupt is in service, INT simulates two spurious ones. An EOI for the first
// would end the timer's interrupt. The second needs an EOI for the line between the chips.
void on_tick_with_spurious_interrupts(TrapFrame&) {
    asm volatile("int $39");
    in_service_after_first = read_first_chip(Register::in_service);
    asm volatile("int $47");
    in_service_after_second = read_first_chip(Register::in_service);
    pics.end_of_interrupt(Irq::timer);
}

// Uses the kernel's own table. To acknowledge an interrupt of the first chip as one of the second
// would end another interrupt.
void spurious_interrupts_have_gates() {
    asm volatile("int $39\n\tint $47" : : : "memory");
    expect_equal(spurious_interrupts(), 2u);
    expect(interrupt_handlers[39] == &call_handler<vector_of(Irq::lpt1), on_spurious_first>);
    expect(interrupt_handlers[47] ==
           &call_handler<vector_of(Irq::secondary_ata), on_spurious_second>);
}

void spurious_interrupts_are_counted_and_acknowledged_where_they_must() {
    static constinit InterruptDescriptorTable table;
    table.set<vector_of(Irq::timer), on_tick_with_spurious_interrupts>();
    table.set<vector_of(Irq::lpt1), on_spurious_first>();
    table.set<vector_of(Irq::secondary_ata), on_spurious_second>();
    table.load();
    const std::uint64_t before = spurious_interrupts();
    pics.initialize();
    pics.unmask(Irq::timer);
    enable_interrupts_and_halt();
    disable_interrupts();
    expect_equal(spurious_interrupts(), before + 2);
    expect_equal(in_service_after_first, 1); // IRQ 0 still
    expect_equal(in_service_after_second, 0);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"masked interrupts stay silent", masked_interrupts_stay_silent},
        {"ticks arrive and go on arriving", ticks_arrive_and_go_on_arriving},
        {"registers and flags survive a timer interrupt",
         registers_and_flags_survive_a_timer_interrupt},
        {"an interrupt without a byte gives no scancode",
         an_interrupt_without_a_byte_gives_no_scancode},
        {"a full queue drops the newest bytes and says so",
         a_full_queue_drops_the_newest_bytes_and_says_so},
        {"nested guards give back what was", nested_guards_give_back_what_was},
        {"spurious interrupts have gates", spurious_interrupts_have_gates},
        {"spurious interrupts are counted, and acknowledged where they must",
         spurious_interrupts_are_counted_and_acknowledged_where_they_must},
    });
}
