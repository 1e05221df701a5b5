#include "interrupts/unexpected.hpp"

#include "console/panic.hpp"
#include "interrupts/frame_check.hpp"
#include "interrupts/vector_name.hpp"

namespace kernel {

void on_unexpected(TrapFrame& frame) {
    check_frame(frame);
    const auto vector = static_cast<Vector>(frame.vector);
    if (!is_exception(vector)) {
        panic("INTERRUPT {}, which nobody handles\n{}", frame.vector, frame);
    }
    panic("EXCEPTION: {}, which nobody handles\n  vector {}\n{}", name_of(vector), frame.vector,
          frame);
}

} // namespace kernel
