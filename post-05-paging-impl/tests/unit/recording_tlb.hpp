// A TLB that records what it is told to forget.
#pragma once

#include "memory/tlb.hpp"

#include <cstdint>
#include <vector>

struct RecordingTlb {
    std::vector<std::uint64_t> pages{};
    int all = 0;

    void invalidate_page(kernel::VirtualAddress address) { pages.push_back(address.value()); }
    void invalidate_all() { ++all; }
};

static_assert(kernel::Tlb<RecordingTlb>);
