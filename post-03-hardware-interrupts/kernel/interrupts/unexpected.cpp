#include "interrupts/unexpected.hpp"

#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/vector_name.hpp"

namespace kernel {

void on_unexpected(TrapFrame& frame) {
    panic("EXCEPTION: {}\n"
          "  vector {}, which nobody handles\n"
          "  cr2 {:#018x} (the address of the last page fault)\n{}",
          name_of(static_cast<Vector>(frame.vector)), frame.vector, read_cr2(), frame);
}

} // namespace kernel
