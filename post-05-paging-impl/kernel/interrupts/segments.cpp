#include "interrupts/segments.hpp"

#include "cpu/instructions.hpp"
#include "interrupts/global_descriptor_table.hpp"
#include "interrupts/task_state_segment.hpp"

// stacks.asm's
extern "C" std::byte double_fault_stack_top[];

namespace kernel {
namespace {

struct Segments {
    GlobalDescriptorTable table{};
    KernelSelectors selectors{};
};

consteval Segments build() {
    Segments segments;
    segments.selectors.code = segments.table.add(SegmentDescriptor::kernel_code());
    segments.selectors.data = segments.table.add(SegmentDescriptor::kernel_data());
    segments.selectors.task_state = segments.table.add_task_state_segment();
    return segments;
}

constinit GlobalDescriptorTable global_descriptor_table = build().table;
constinit TaskStateSegment task_state_segment;

} // namespace

constinit const KernelSelectors kernel_selectors = build().selectors;

void initialize_segments() {
    task_state_segment.set<InterruptStack::double_fault>(
        reinterpret_cast<std::uint64_t>(double_fault_stack_top));
    global_descriptor_table.set(kernel_selectors.task_state, task_state_segment);

    load_global_descriptor_table(DescriptorTablePointer::to(global_descriptor_table.words()));
    // The registers still hold what the old table said. SS too: the first IRETQ would load the
    // old selector again, and find whatever stands there now.
    load_code_segment(kernel_selectors.code);
    load_data_segments(kernel_selectors.data);
    load_task_register(kernel_selectors.task_state);
}

} // namespace kernel
