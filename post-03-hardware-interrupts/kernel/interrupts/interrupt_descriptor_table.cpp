#include "interrupts/interrupt_descriptor_table.hpp"

namespace kernel {

constinit Handler* const* interrupt_handlers = nullptr;

void InterruptDescriptorTable::set_all_others(Handler& handler) {
    for (std::size_t index = 0; index < vector_count; ++index) {
        if (!gates_[index].is_present()) {
            handlers_[index] = &handler;
            gates_[index] = Gate::interrupt(read_cs(), interrupt_stubs[index]);
        }
    }
}

void InterruptDescriptorTable::load() const& {
    interrupt_handlers = handlers_.data();
    load_interrupt_descriptor_table(DescriptorTablePointer::to(gates_));
}

} // namespace kernel
