#include "interrupts/interrupt_descriptor_table.hpp"

namespace kernel {

constinit Handler* const* interrupt_handlers = nullptr;

void InterruptDescriptorTable::load() const& {
    interrupt_handlers = handlers_.data();
    load_interrupt_descriptor_table(DescriptorTablePointer::to(gates_));
}

} // namespace kernel
