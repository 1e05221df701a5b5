#include "interrupts/unexpected.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/frame_check.hpp"
#include "interrupts/vector_name.hpp"

namespace kernel {

void on_unexpected(TrapFrame& frame) {
    check_frame(frame);
    const auto vector = static_cast<Vector>(frame.vector);
    if (!is_exception(vector)) {
        panic("INTERRUPT {}, which nobody handles\n{}", frame.vector, frame);
    }
    if (vector == Vector::page_fault) {
        panic("EXCEPTION: PAGE FAULT at {:#018x}, which nobody handles\n{}", read_cr2(), frame);
    }
    panic("EXCEPTION: {}, which nobody handles\n  vector {}\n{}", name_of(vector), frame.vector,
          frame);
}

} // namespace kernel
