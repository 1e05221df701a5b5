// The interrupt controllers, the timer, and code that must not be interrupted.

#include "interrupts/timer.hpp"
#include "cpu/instructions.hpp"
#include "cpu/locked.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"
#include "support/registers.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

// Bit n: IRQ n. [Intel 8259A data sheet, "Reading the 8259A Status"]
enum class Register : std::uint8_t { requested = 0x0A, in_service = 0x0B };

std::uint8_t read_first_chip(Register which) {
    constexpr Port command{0x20};
    CpuPorts::write8(command, static_cast<std::uint8_t>(which));
    return CpuPorts::read8(command);
}

// Runs first: the timer requests an interrupt, and its line is masked.
void masked_interrupts_stay_silent() {
    pics.initialize();
    IntervalTimer<CpuPorts>{}.start(timer_input_hertz / 1000);
    while ((read_first_chip(Register::requested) & 1) == 0) {
    }
    enable_interrupts();
    for (int i = 0; i < 1000; ++i) {
        CpuPorts::read8(Port{0x80}); // about a microsecond
    }
    disable_interrupts();
    expect_equal(ticks(), 0u);
}

// If they do not, the test runs out of time.
void ticks_arrive_and_go_on_arriving() {
    initialize_timer();
    expect_equal(CpuPorts::read8(Port{0x21}), 0xFE); // the masks: only IRQ 0 is let through
    expect_equal(CpuPorts::read8(Port{0xA1}), 0xFF);
    expect(has_timer());
    expect_equal(uptime(), 0u);
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
    for (std::size_t i = 0; i < 16; ++i) {
        expect_equal(values(after)[i], values(before)[i]);
    }
}

void nested_guards_restore_the_earlier_state() {
    disable_interrupts();
    {
        const InterruptsOff off;
        expect(!interrupts_are_enabled());
    }
    expect(!interrupts_are_enabled());
    enable_interrupts();
    {
        const InterruptsOff outer;
        {
            const InterruptsOff inner;
            expect(!interrupts_are_enabled());
        }
        expect(!interrupts_are_enabled());
    }
    expect(interrupts_are_enabled());
    disable_interrupts();
}

void a_locked_value_is_used_with_interrupts_off() {
    Locked<int> number{1};
    enable_interrupts();
    const int result = number.with([&number](int& value) {
        expect(!interrupts_are_enabled());
        number.with([](int& same) { same += 10; }); // as by an exception that prints within print
        expect(!interrupts_are_enabled());
        return value += 100;
    });
    expect(interrupts_are_enabled());
    disable_interrupts();
    expect_equal(result, 111);
    expect_equal(number.with([](int& value) { return value; }), 111);
}

constinit std::uint8_t in_service_after_first = 0;
constinit std::uint8_t in_service_after_second = 0;

// While the timer's interrupt is being handled, INT simulates two spurious ones. An end of
// interrupt for the first would end the timer's; the second needs one, for the line between the
// chips.
void on_tick_with_spurious_interrupts(TrapFrame& frame) {
    asm volatile("int $39");
    in_service_after_first = read_first_chip(Register::in_service);
    asm volatile("int $47");
    in_service_after_second = read_first_chip(Register::in_service);
    pics.end_of_interrupt(Irq::timer);
    frame.rflags &= ~(1UL << 9); // interrupts stay off: the next tick may be waiting
}

// With the kernel's own table.
void spurious_interrupts_have_gates() {
    asm volatile("int $39\n\tint $47" : : : "memory");
    expect_equal(spurious_interrupts(), 2u);
}

void spurious_interrupts_are_counted_and_acknowledged_where_they_must() {
    static constinit InterruptDescriptorTable table;
    table.set<vector_of(Irq::timer), on_tick_with_spurious_interrupts>();
    table.set<vector_of(Irq::lpt1), on_spurious>();
    table.set<vector_of(Irq::secondary_ata), on_spurious>();
    table.load();
    const std::uint64_t before = spurious_interrupts();
    pics.initialize();
    pics.unmask(Irq::timer);
    enable_interrupts_and_halt();
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
        {"nested guards restore the earlier state", nested_guards_restore_the_earlier_state},
        {"a locked value is used with interrupts off", a_locked_value_is_used_with_interrupts_off},
        {"spurious interrupts have gates", spurious_interrupts_have_gates},
        {"spurious interrupts are counted, and acknowledged where they must",
         spurious_interrupts_are_counted_and_acknowledged_where_they_must},
    });
}
