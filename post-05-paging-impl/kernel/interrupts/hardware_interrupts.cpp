#include "interrupts/hardware_interrupts.hpp"

#include "console/console.hpp"
#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "devices/chained_pics.hpp"
#include "devices/interval_timer.hpp"
#include "devices/keyboard_controller.hpp"
#include "devices/scancode_queue.hpp"

#include <atomic>

namespace kernel {
namespace {

constinit ChainedPics<CpuPorts> pics;
constinit IntervalTimer<CpuPorts> timer;
constinit KeyboardController<CpuPorts> keyboard_controller;
constinit bool keyboard_works = false;

constinit ScancodeQueue scancodes;

// Only handlers write these, and no handler interrupts another: a load and a store are enough.
constinit std::atomic<std::uint64_t> tick_count = 0;
constinit std::atomic<std::uint64_t> spurious_count = 0;

constinit bool timer_is_missing = false;

std::string_view describe(KeyboardControllerError error) {
    switch (error) {
    case KeyboardControllerError::not_responding:
        return "does not respond";
    case KeyboardControllerError::cannot_be_drained:
        return "does not stop sending";
    case KeyboardControllerError::fails_self_test:
        return "fails its self test";
    }
    return "is out of order";
}

// Whether the timer asks for an interrupt. Its channel counts for 10 ms until then; the looks take
// some hundred.
bool a_tick_comes() {
    constexpr unsigned patience = 200'000; // looks, each of about two microseconds
    for (unsigned looks = patience; looks > 0; --looks) {
        if (pics.is_requested(Irq::timer)) {
            return true;
        }
    }
    return false;
}

void increment(std::atomic<std::uint64_t>& count) {
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

// Nothing on these two lines is let through, so what comes from them is spurious.
void on_spurious(TrapFrame& frame, Irq irq) {
    if (!pics.is_spurious(irq)) {
        panic("IRQ {} came though it is masked\n{}", static_cast<unsigned>(irq), frame);
    }
    increment(spurious_count);
    pics.acknowledge_spurious(irq);
}

} // namespace

void initialize_hardware_interrupts() {
    timer.start(timer_rate);
    pics.initialize(); // which forgets all requests: the next one is a tick
    timer_is_missing = !a_tick_comes();
    if (const auto error = keyboard_controller.initialize()) {
        println("There is no keyboard: its controller {}.", describe(*error));
    } else {
        keyboard_works = true;
        pics.unmask(Irq::keyboard);
    }
    pics.unmask(Irq::timer);
}

bool has_keyboard() {
    return keyboard_works;
}

bool has_timer() {
    return !timer_is_missing;
}

std::uint64_t ticks() {
    return tick_count.load(std::memory_order_relaxed);
}

std::uint64_t uptime() {
    return timer_rate.milliseconds(ticks());
}

void wait_for_tick(std::uint64_t tick) {
    if (timer_is_missing) {
        panic("nothing ticks: there is no timer, or no interrupt controller for it");
    }
    // Off, or the tick could come between the look and the halt, and the next one would wake up.
    disable_interrupts();
    while (ticks() < tick) {
        enable_interrupts_and_halt();
        disable_interrupts();
    }
    enable_interrupts();
}

std::uint8_t wait_for_scancode() {
    for (;;) {
        // Off, or a byte could come between the look and the halt, and nobody would wake up.
        disable_interrupts();
        if (const auto byte = scancodes.take()) {
            enable_interrupts();
            return *byte;
        }
        enable_interrupts_and_halt();
    }
}

std::size_t dropped_scancodes() {
    return scancodes.dropped();
}

std::uint64_t spurious_interrupts() {
    return spurious_count.load(std::memory_order_relaxed);
}

void on_timer(TrapFrame&) {
    increment(tick_count);
    pics.end_of_interrupt(Irq::timer);
}

void on_keyboard(TrapFrame&) {
    if (keyboard_controller.has_byte()) { // setting the controller up may have left an interrupt
        scancodes.put(keyboard_controller.read());
    }
    pics.end_of_interrupt(Irq::keyboard);
}

void on_spurious_first(TrapFrame& frame) {
    on_spurious(frame, Irq::lpt1);
}

void on_spurious_second(TrapFrame& frame) {
    on_spurious(frame, Irq::secondary_ata);
}

} // namespace kernel
