// This CPU's translation lookaside buffer.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/tlb.hpp"

namespace kernel {

struct CpuTlb {
    static void invalidate_page(VirtualAddress address) { invlpg(address.value()); }

    // Loading CR3 with what it holds does that.
    static void invalidate_all() { load_cr3(read_cr3()); }
};

static_assert(Tlb<CpuTlb>);

} // namespace kernel
