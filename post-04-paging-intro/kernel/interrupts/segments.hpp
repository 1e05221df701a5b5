// The kernel's own segments and the stack that a double fault is handled on.
#pragma once

#include "cpu/segment_selector.hpp"

namespace kernel {

struct KernelSelectors {
    SegmentSelector code;
    SegmentSelector data;
    SegmentSelector task_state;
};

extern const KernelSelectors kernel_selectors;

// Replaces the boot code's segments: afterwards every segment register holds a selector of the
// new table, and the CPU knows its task state segment. To be called once: a task state segment
// that is in use cannot be loaded again.
void initialize_segments();

} // namespace kernel
