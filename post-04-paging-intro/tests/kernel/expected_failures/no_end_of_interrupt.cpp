// A timer handler that forgets to say that it is done: one tick, and never another.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "devices/chained_pics.hpp"
#include "devices/interval_timer.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;
constinit ChainedPics<CpuPorts> pics;

void on_tick(TrapFrame&) {
    print("tick\n");
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<vector_of(Irq::timer), on_tick>();
    table.load();
    pics.initialize();
    IntervalTimer<CpuPorts>{}.start(timer_input_hertz / 100);
    pics.unmask(Irq::timer);
    for (;;) {
        enable_interrupts_and_halt();
    }
}
