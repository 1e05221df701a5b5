#include "interrupts/timer.hpp"

#include "console/panic.hpp"
#include "cpu/wait.hpp"
#include "interrupts/interrupt_controllers.hpp"

#include <atomic>

namespace kernel {
namespace {

constinit IntervalTimer<CpuPorts> timer;
constinit bool timer_works = false;
constinit std::atomic<std::uint64_t> tick_count = 0;

} // namespace

void initialize_timer() {
    // About four seconds on a PC; a tick takes 10 ms. An emulator reads faster, and on a busy
    // computer its timer may be late.
    constexpr unsigned patience = 2'000'000;
    timer.start(timer_divisor);
    for (unsigned reads = patience; reads > 0 && !timer_works; --reads) {
        timer_works = pics.is_requested(Irq::timer);
    }
    pics.unmask(Irq::timer);
}

bool has_timer() {
    return timer_works;
}

std::uint64_t ticks() {
    return tick_count;
}

std::uint64_t uptime() {
    return ticks() * timer_divisor * 1000 / timer_input_hertz;
}

void wait_for_tick(std::uint64_t tick) {
    if (!timer_works) {
        panic("nothing ticks: there is no timer, or no interrupt controller for it");
    }
    wait_until([tick] { return ticks() >= tick; });
}

void on_timer(TrapFrame&) {
    ++tick_count;
    pics.end_of_interrupt(Irq::timer);
}

} // namespace kernel
