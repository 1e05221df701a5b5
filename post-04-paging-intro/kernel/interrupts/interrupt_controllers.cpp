#include "interrupts/interrupt_controllers.hpp"

#include "console/panic.hpp"

#include <atomic>

namespace kernel {
namespace {

constinit std::atomic<std::uint64_t> spurious_count = 0;

} // namespace

constinit ChainedPics<CpuPorts> pics;

std::uint64_t spurious_interrupts() {
    return spurious_count;
}

void on_spurious(TrapFrame& frame) {
    const auto irq = static_cast<Irq>(frame.vector - first_irq_vector);
    if (!pics.end_if_spurious(irq)) {
        panic("IRQ {} came though it is masked\n{}", static_cast<unsigned>(irq), frame);
    }
    ++spurious_count;
}

} // namespace kernel
