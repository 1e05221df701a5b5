// The keyboard controller and its interrupt.

#include "interrupts/keyboard.hpp"
#include "cpu/instructions.hpp"
#include "devices/key_event_queue.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"
#include "support/pretended_keyboard.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

// A firmware may leave the controller so that it raises no interrupts. If that stayed so, no key
// would arrive below.
void switch_keyboard_interrupt_off() {
    constexpr std::uint8_t write_configuration = 0x60;
    CpuPorts::write8(Port{0x64}, write_configuration);
    while ((CpuPorts::read8(Port{0x64}) & 0b10) != 0) {
    }
    CpuPorts::write8(Port{0x60}, 0);
}

void its_interrupt_is_let_through_and_no_other() {
    switch_keyboard_interrupt_off();
    pics.initialize();
    initialize_keyboard();
    expect(has_keyboard());
    expect_equal(CpuPorts::read8(Port{0x21}), 0xFD);
    expect_equal(CpuPorts::read8(Port{0xA1}), 0xFF);
}

// The first interrupt is about a byte that was read already. Nothing may come of it.
void an_interrupt_without_a_byte_gives_no_key() {
    asm volatile("int $33" : : : "memory");
    enable_interrupts();
    pretend_keyboard_sends(0x2A);
    expect(wait_for_key() == TypedKey{'\0', Key::left_shift});
    expect(interrupts_are_enabled());
    pretend_keyboard_sends(0x1E);
    expect(wait_for_key() == TypedKey{'A', Key::a});
    disable_interrupts();
}

// After events that type nothing there may be one that does, and no further interrupt.
void a_key_behind_releases_is_not_overlooked() {
    enable_interrupts();
    pretend_keyboard_sends(0x9E);
    pretend_keyboard_sends(0xAA);
    pretend_keyboard_sends(0x30);
    while ((CpuPorts::read8(Port{0x64}) & 1) != 0) { // until the handler has read the last one
    }
    expect(wait_for_key() == TypedKey{'b', Key::b});
    disable_interrupts();
}

void a_full_queue_drops_the_newest_events_and_releases_all_keys() {
    constexpr std::size_t kept = KeyEventQueue::capacity - 1;
    enable_interrupts();
    pretend_keyboard_sends(0x2A); // left shift, whose release is lost
    for (std::size_t events = 1; events < kept; ++events) {
        pretend_keyboard_sends(0x1E);
    }
    pretend_keyboard_sends(0x30);
    pretend_keyboard_sends(0xAA);
    while (lost_key_events() < 2) {
    }
    expect(wait_for_key() == TypedKey{'\0', Key::left_shift});
    for (std::size_t events = 1; events < kept; ++events) {
        expect(wait_for_key() == TypedKey{'A', Key::a});
    }
    pretend_keyboard_sends(0x2E);
    expect(wait_for_key() == TypedKey{'c', Key::c});
    disable_interrupts();
    expect_equal(lost_key_events(), 2u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"its interrupt is let through, and no other", its_interrupt_is_let_through_and_no_other},
        {"an interrupt without a byte gives no key", an_interrupt_without_a_byte_gives_no_key},
        {"a key behind releases is not overlooked", a_key_behind_releases_is_not_overlooked},
        {"a full queue drops the newest events and releases all keys",
         a_full_queue_drops_the_newest_events_and_releases_all_keys},
    });
}
