// Post 03: the timer and the keyboard interrupt the kernel. It counts ticks and echoes keys.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"

using namespace kernel;

namespace {

// Ten dots in one second.
void show_that_the_timer_ticks() {
    if (!has_timer()) {
        println("No tick comes: this PC has no timer, or no interrupt controller for it");
        return;
    }
    constexpr unsigned dots = 10;
    print("The timer ticks {}.{:03} times a second: ", timer_millihertz / 1000,
          timer_millihertz % 1000);
    for (unsigned dot = 1; dot <= dots; ++dot) {
        wait_for_tick(dot * ticks_per_second / dots);
        print(".");
    }
    const std::uint64_t time = uptime();
    println(" {}.{:03} s", time / 1000, time % 1000);
}

// Backspace erases within the current line only.
[[noreturn]] void echo_what_is_typed() {
    print("{}", has_keyboard() ? "Type something:\n> "
                               : "Without a keyboard nothing can be typed: the kernel rests.\n");
    for (std::size_t length = 0;;) {
        const char typed = wait_for_key().character;
        if (typed == '\n') {
            print("\n> ");
            length = 0;
        } else if (typed == '\b' && length > 0) {
            print("\b \b"); // '\b' only moves the cursor; the blank erases
            --length;
        } else if (static_cast<unsigned char>(typed) >= ' ') {
            print("{}", typed);
            ++length;
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
    pics.initialize();
    initialize_timer();
    initialize_keyboard();

    enable_interrupts();
    show_that_the_timer_ticks();
    println("It did not crash!");
    echo_what_is_typed();
}
