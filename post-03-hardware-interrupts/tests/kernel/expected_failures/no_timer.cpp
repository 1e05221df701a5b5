// Waits for a tick. On a PC without a timer none would ever come.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    initialize_hardware_interrupts();
    kernel_test::run({{"a tick comes", [] { wait_for_tick(1); }}});
}
