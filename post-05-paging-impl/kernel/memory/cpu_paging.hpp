// What the kernel asks the CPU about paging.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/page.hpp"
#include "memory/page_table_entry.hpp"

namespace kernel {

// The frame of the level-4 table that the CPU translates with at this moment.
inline Frame<> active_level_4_table() {
    return Frame<>::containing(PhysicalAddress::truncated(read_cr3()));
}

// Whether this bit of EDX is set in CPUID leaf 80000001H. The boot code has checked that the leaf
// exists. [Intel SDM vol. 2A, "CPUID—CPU Identification"]
inline bool has_extended_feature(unsigned bit) {
    constexpr std::uint32_t extended_features = 0x8000'0001;
    return (cpuid(extended_features).edx >> bit & 1) != 0;
}

inline PageSize largest_page_size() {
    constexpr unsigned gib1_pages = 26;
    return has_extended_feature(gib1_pages) ? PageSize::gib1 : PageSize::mib2;
}

// The flag `no_execute`; no flag on a CPU without the feature, where the bit must be 0.
inline EntryFlags no_execute_if_possible() {
    constexpr unsigned no_execute = 20;
    return has_extended_feature(no_execute) ? EntryFlags{EntryFlag::no_execute} : EntryFlags{};
}

} // namespace kernel
