// The double fault's stack is not mapped: the CPU cannot push the frame, which is a triple fault.

#include "console/console.hpp"
#include "cpu/bits.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/stacks.hpp"
#include "support/double_fault_only.hpp"

using namespace kernel;

namespace {

// The one that the CPU has found through the global descriptor table.
TaskStateSegment& task_state_segment() {
    DescriptorTablePointer table;
    asm volatile("sgdt %0" : "=m"(table));
    const auto* const descriptor = reinterpret_cast<const std::uint64_t*>(
        table.base + static_cast<std::uint64_t>(SegmentSelector::task_state));
    return *reinterpret_cast<TaskStateSegment*>(Bits<39, 16>::get(descriptor[0]) |
                                                Bits<63, 56>::get(descriptor[0]) << 24 |
                                                descriptor[1] << 32);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    // The end of the kernel stack's guard pages for the stack's top: the first push meets them.
    task_state_segment().interrupt_stacks[0] =
        reinterpret_cast<std::uint64_t>(kernel_stack_guard_pages.end);
    kernel_test::handle_double_faults_only();
    println("Executing ud2 ...");
    asm volatile("ud2");
    println("It went on.");
    halt_forever();
}
