// What the kernel asks the CPU about paging.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/page.hpp"

namespace kernel {

// The frame of the level-4 table that the CPU translates with at this moment.
inline Frame<> active_level_4_table() {
    return Frame<>::containing(PhysicalAddress::truncated(read_cr3()));
}

} // namespace kernel
