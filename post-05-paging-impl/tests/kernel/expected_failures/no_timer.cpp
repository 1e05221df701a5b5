// Waits for a tick, which never comes on a PC without a timer.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    initialize_timer();
    kernel_test::run({{"a tick comes", [] { wait_for_tick(1); }}});
}
