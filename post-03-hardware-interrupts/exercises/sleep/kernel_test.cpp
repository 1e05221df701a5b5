// Judges the exercise sleep.

#include "support/kernel_test.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

// The ticks that pass during a sleep.
std::uint64_t ticks_of_sleep(std::uint64_t milliseconds) {
    const std::uint64_t before = ticks();
    kernel::sleep(milliseconds);
    return ticks() - before;
}

void no_sleep_is_too_short() {
    expect(ticks_of_sleep(50) >= 6);
    expect(ticks_of_sleep(200) >= 21);
    expect(ticks_of_sleep(11) >= 3);
    expect(ticks_of_sleep(1) >= 2);
}

// More ticks may pass before they are counted here, but not many.
void no_sleep_is_far_too_long() {
    expect(ticks_of_sleep(0) < 20);
    expect(ticks_of_sleep(1) < 20);
    expect(ticks_of_sleep(50) < 25);
}

void it_waits_with_interrupts_on() {
    disable_interrupts();
    expect(ticks_of_sleep(20) >= 3);
    expect(interrupts_are_enabled());
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    initialize_timer();
    enable_interrupts();
    run({
        {"no sleep is too short", no_sleep_is_too_short},
        {"no sleep is far too long", no_sleep_is_far_too_long},
        {"it waits with interrupts on", it_waits_with_interrupts_on},
    });
}
