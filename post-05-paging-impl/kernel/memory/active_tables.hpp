// The page tables that the CPU translates with at this moment.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/page.hpp"

namespace kernel {

inline Frame<> active_level_4_table() {
    return Frame<>::containing(PhysicalAddress::truncated(read_cr3()));
}

} // namespace kernel
