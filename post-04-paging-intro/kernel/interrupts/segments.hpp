// The kernel's own segments. 64-bit mode needs only a few: one that says that the code is 64-bit
// code, one for data, and the task state segment, which holds the double fault's stack.
// [Intel SDM vol. 3A, "Segment Descriptor Tables", "Task Management in 64-bit Mode"]
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

// Where the CPU finds stacks to switch to. Packed, because the 8-byte addresses lie at odd
// multiples of 4. [Intel SDM vol. 3A, "64-Bit TSS Format"]
struct [[gnu::packed]] TaskStateSegment {
    std::uint32_t not_used[9]{};         // stacks for a change of privilege, and reserved words
    std::uint64_t interrupt_stacks[7]{}; // [n - 1] is stack number n: its top, a multiple of 16
    std::uint16_t reserved[5]{};
    std::uint16_t io_map_base = sizeof(TaskStateSegment); // there is no I/O permission map
};

static_assert(sizeof(TaskStateSegment) == 104);
static_assert(offsetof(TaskStateSegment, interrupt_stacks) == 36);
static_assert(offsetof(TaskStateSegment, io_map_base) == 102);

// Replaces the boot code's segments: afterwards every segment register holds a selector of the new
// table, and the CPU knows the task state segment.
void initialize_segments();

} // namespace kernel
