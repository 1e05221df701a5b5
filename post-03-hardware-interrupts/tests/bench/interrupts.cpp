// What a timer and a keyboard interrupt cost, from the entry to IRETQ, and whether the timer keeps
// its rate. INT takes the same path as the device would: only the controller's part is missing.

#include "cpu/instructions.hpp"
#include "cpu/port.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"
#include "support/pretended_keyboard.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

std::uint64_t time_timer() {
    const std::uint64_t start = read_time_stamp_counter();
    asm volatile("int $32" : : : "memory");
    return read_time_stamp_counter() - start;
}

// With a byte to fetch, as if a key had sent it.
std::uint64_t time_keyboard() {
    pretend_keyboard_sends(0x1E);
    while ((CpuPorts::read8(Port{0x64}) & 1) == 0) {
    }
    const std::uint64_t start = read_time_stamp_counter();
    asm volatile("int $33" : : : "memory");
    return read_time_stamp_counter() - start;
}

std::uint64_t time_nothing() {
    const std::uint64_t start = read_time_stamp_counter();
    asm volatile("" : : : "memory");
    return read_time_stamp_counter() - start;
}

// Under -icount the time stamp counter counts nanoseconds of the machine's time.
std::uint64_t microseconds_for_200_ticks() {
    wait_for_tick(ticks() + 2); // the first may have been pending for a while
    const std::uint64_t start = read_time_stamp_counter();
    wait_for_tick(ticks() + 200);
    return (read_time_stamp_counter() - start + 500) / 1000;
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    initialize_timer();
    initialize_keyboard();
    const std::uint64_t empty = time_nothing();
    report_figure("timer interrupt, INT to IRETQ", instructions(time_timer(), empty),
                  "instructions");
    report_figure("keyboard interrupt, INT to IRETQ", instructions(time_keyboard(), empty),
                  "instructions");
    const std::uint64_t time = microseconds_for_200_ticks();
    report_figure("200 ticks at 100 Hz", time, "microseconds");
    const bool as_the_timer_says = time > 1'999'000 && time < 2'001'500;
    exit_emulator(as_the_timer_says ? Exit::passed : Exit::failed);
}
