// A lock that an interrupt handler waits for, while the code that holds it cannot go on before the
// handler returns. This is what Locked is for.

#include "cpu/instructions.hpp"
#include "devices/chained_pics.hpp"
#include "devices/interval_timer.hpp"
#include "devices/serial_port.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

#include <atomic>

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;
constinit ChainedPics<CpuPorts> pics;
constinit SerialPort<CpuPorts> serial{com1};
constinit std::atomic_flag taken;

// Prints under a lock that leaves interrupts as they are.
void print_with_plain_lock(std::string_view text) {
    while (taken.test_and_set(std::memory_order_acquire)) {
        asm volatile("pause");
    }
    serial.write(text);
    taken.clear(std::memory_order_release);
}

void on_tick(TrapFrame&) {
    print_with_plain_lock("tick\n");
    pics.end_of_interrupt(Irq::timer);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    serial.initialize();
    initialize_segments();
    table.set<vector_of(Irq::timer), on_tick>();
    table.load();
    pics.initialize();
    IntervalTimer<CpuPorts>{}.start(timer_input_hertz / 100);
    pics.unmask(Irq::timer);
    enable_interrupts();
    for (;;) {
        print_with_plain_lock("-");
    }
}
