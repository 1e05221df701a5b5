// A kernel in which a double fault is the only thing that has a handler: any other exception leads
// to one, whatever handlers the kernel itself has.
#pragma once

#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

namespace kernel_test {

// The handler runs on the double fault's own stack. initialize_segments comes first.
inline kernel::InterruptDescriptorTable& handle_double_faults_only() {
    static constinit kernel::InterruptDescriptorTable table;
    table.set<kernel::Vector::double_fault, kernel::on_double_fault>(
        kernel::InterruptStack::double_fault);
    table.load();
    return table;
}

} // namespace kernel_test
