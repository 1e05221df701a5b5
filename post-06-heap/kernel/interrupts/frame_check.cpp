#include "interrupts/frame_check.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"

namespace kernel {

void check_frame(const TrapFrame& frame) {
    const SegmentSelector code = read_cs();
    switch (origin_of(frame, code)) {
    case FrameOrigin::exception:
        return;
    case FrameOrigin::software_interrupt:
        panic("SOFTWARE INTERRUPT {}, on an exception's vector\n"
              "  The CPU did not raise this exception: it pushed no error code.\n{}",
              frame.vector, with_error_code(frame));
    case FrameOrigin::unknown:
        // The manual does not say what CS is after a double fault: that is reported as it is.
        if (static_cast<Vector>(frame.vector) != Vector::double_fault) {
            panic("VECTOR {}, with a frame that the CPU did not push\n"
                  "  cs is not the kernel's code segment, {:#06x}: do not trust these fields.\n{}",
                  frame.vector, static_cast<std::uint64_t>(code), frame);
        }
    }
}

} // namespace kernel
