// The descriptor tables' own rules.

#include "interrupts/global_descriptor_table.hpp"

using namespace kernel;

consteval GlobalDescriptorTable build() {
    GlobalDescriptorTable table;
    table.add(SegmentDescriptor::kernel_code());
    table.add(SegmentDescriptor::kernel_data());
    table.add_task_state_segment();
    table.add(SegmentDescriptor::kernel_data()); // must not compile: table_is_full
    table.add_task_state_segment();              // must not compile: table_is_full
    return table;
}

constinit GlobalDescriptorTable table = build();

void wrong_stack(TaskStateSegment& segment) {
    segment.set<InterruptStack::double_fault>(4096);
    segment.set<InterruptStack::none>(4096); // must not compile: static
}
