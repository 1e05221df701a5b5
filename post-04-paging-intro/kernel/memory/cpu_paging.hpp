// What this CPU has to do with paging.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/page.hpp"

namespace kernel {

// The level-4 table that the CPU translates with at this moment.
inline Frame<> active_level_4_table() {
    return Frame<>::containing(PhysicalAddress::truncated(read_cr3()));
}

} // namespace kernel
