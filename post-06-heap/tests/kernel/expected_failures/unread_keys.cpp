// Keys are typed and not read, until some are lost. A key whose release was lost must not act as if
// it were still held.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

void wait_until_lost(std::size_t events) {
    while (lost_key_events() < events) {
        halt(); // each byte wakes it
    }
    println("{} events are lost", events);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    initialize_keyboard();
    enable_interrupts();
    println("The keys are not read");
    wait_until_lost(30);
    wait_until_lost(50);
    for (;;) {
        const char typed = wait_for_key().character;
        print("{}", std::string_view{&typed, typed != '\0' ? 1u : 0u});
    }
}
