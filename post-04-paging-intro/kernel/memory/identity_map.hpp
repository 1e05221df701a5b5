// Page tables that lie where their physical addresses say: in this kernel the first GiB of memory
// is mapped to itself, and all tables are in it.
#pragma once

#include "memory/page_table.hpp"

namespace kernel {

struct IdentityMap {
    // The frame holds a table and lies below 1 GiB: beyond that nothing is mapped.
    PageTable& table_in(Frame<> frame) const {
        return *reinterpret_cast<PageTable*>(frame.start().value());
    }
};

static_assert(FrameAccess<IdentityMap>);

} // namespace kernel
