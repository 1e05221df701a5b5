// Whether the CPU has pushed a trap frame, for an exception in this kernel's code.
//
// `int 14` calls the handler of page faults too, but the CPU pushes no error code then. The frame
// is one word short: each of the CPU's fields holds what belongs in the next one. [Intel SDM vol.
// 3A, "Error Code"]
#pragma once

#include "cpu/segment_selector.hpp"
#include "interrupts/trap_frame.hpp"
#include "interrupts/vector.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

enum class FrameOrigin : std::uint8_t {
    exception,          // or any other vector that comes without an error code
    software_interrupt, // INT n, where n is an exception's vector with an error code
    unknown,
};

// `code` is the kernel's code segment. Bit 1 of RFLAGS is always set, that of a kernel's selector
// never: RFLAGS in the place of CS cannot be taken for it.
constexpr FrameOrigin origin_of(const TrapFrame& frame, SegmentSelector code) {
    const auto selector = static_cast<std::uint64_t>(code);
    if (frame.cs == selector) {
        return FrameOrigin::exception;
    }
    if (pushes_error_code(static_cast<Vector>(frame.vector)) && frame.rip == selector) {
        return FrameOrigin::software_interrupt;
    }
    return FrameOrigin::unknown;
}

// The frame of a software interrupt, with each field back in its place and 0 for the error code.
// The last field of `frame` is not read: it may lie above the stack's top, where nothing is mapped.
inline TrapFrame with_error_code(const TrapFrame& frame) {
    TrapFrame moved{};
    __builtin_memcpy(&moved, &frame, offsetof(TrapFrame, error_code));
    moved.rip = frame.error_code;
    moved.cs = frame.rip;
    moved.rflags = frame.cs;
    moved.rsp = frame.rflags;
    moved.ss = frame.rsp;
    return moved;
}

// Panics, with the reason, unless the frame is an exception's. A handler that reports an exception
// calls this before it believes the frame.
void check_frame(const TrapFrame& frame);

} // namespace kernel
