// An interrupt descriptor table with a handler for double faults only, so that any other exception
// becomes a double fault.
#pragma once

#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

namespace kernel_test {

// The handler runs on the double fault's own stack. Call initialize_segments first.
inline kernel::InterruptDescriptorTable& handle_double_faults_only() {
    static constinit kernel::InterruptDescriptorTable table;
    table.set<kernel::Vector::double_fault, kernel::on_double_fault>(
        kernel::InterruptStack::double_fault);
    table.load();
    return table;
}

} // namespace kernel_test
