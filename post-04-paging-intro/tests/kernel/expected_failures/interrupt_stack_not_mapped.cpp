// The double fault's stack is not mapped: the CPU cannot push the frame, which is the third fault.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/global_descriptor_table.hpp"
#include "support/double_fault_only.hpp"

using namespace kernel;

// stacks.asm's
extern "C" std::byte double_fault_stack_bottom[];

namespace {

struct Segments {
    GlobalDescriptorTable table{};
    SegmentSelector code{};
    SegmentSelector data{};
    SegmentSelector task_state{};
};

consteval Segments build() {
    Segments segments;
    segments.code = segments.table.add(SegmentDescriptor::kernel_code());
    segments.data = segments.table.add(SegmentDescriptor::kernel_data());
    segments.task_state = segments.table.add_task_state_segment();
    return segments;
}

constinit Segments segments = build();
constinit TaskStateSegment task_state_segment;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    // The stack's bottom for its top: the first push meets the guard pages.
    task_state_segment.set<InterruptStack::double_fault>(
        reinterpret_cast<std::uint64_t>(double_fault_stack_bottom));
    segments.table.set(segments.task_state, task_state_segment);
    load_global_descriptor_table(DescriptorTablePointer::to(segments.table.words()));
    load_code_segment(segments.code);
    load_data_segments(segments.data);
    load_task_register(segments.task_state);
    kernel_test::handle_double_faults_only();
    println("Executing ud2 ...");
    asm volatile("ud2");
    println("It went on.");
    __builtin_unreachable();
}
