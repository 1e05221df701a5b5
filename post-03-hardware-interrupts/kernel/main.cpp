// Post 03: the timer and the keyboard interrupt the kernel. It counts ticks and echoes keys.

#include "console/console.hpp"
#include "console/line_editor.hpp"
#include "cpu/instructions.hpp"
#include "devices/keyboard.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

// Ten dots in one second.
void show_that_the_timer_ticks() {
    if (!has_timer()) {
        println("No tick comes: this PC has no timer, or no interrupt controller for it");
        return;
    }
    constexpr unsigned dots = 10;
    constexpr unsigned rate = timer_rate.millihertz();
    print("The timer ticks {}.{:03} times a second: ", rate / 1000, rate % 1000);
    for (unsigned dot = 1; dot <= dots; ++dot) {
        wait_for_tick(dot * ticks_per_second / dots);
        print(".");
    }
    const std::uint64_t time = uptime();
    println(" {}.{:03} s", time / 1000, time % 1000);
}

[[noreturn]] void echo_what_is_typed() {
    ScancodeDecoder decoder;
    Keyboard<UsLayout> keyboard;
    LineEditor<256> line;
    print("{}", has_keyboard() ? "Type something:\n> "
                               : "Without a keyboard nothing can be typed: the kernel rests.\n");
    for (;;) {
        const auto event = decoder.decode(wait_for_scancode());
        const auto typed = event ? keyboard.on(*event) : std::nullopt;
        if (!typed) {
            continue;
        }
        // Whether a line is finished is all that matters here: nobody reads it yet.
        const bool entered = console.with(
            [&](Console& echo) { return line.on(typed->character, echo).has_value(); });
        if (entered) {
            print("> ");
        }
    }
}

} // namespace

// Entered from entry.asm, on the kernel's stack, with interrupts off.
extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();
    initialize_hardware_interrupts();

    enable_interrupts();
    show_that_the_timer_ticks();
    println("It did not crash!");
    echo_what_is_typed();
}
