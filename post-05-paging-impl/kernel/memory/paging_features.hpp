// What this CPU can do with page tables beyond what every one can.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/page_size.hpp"
#include "memory/page_table_entry.hpp"

namespace kernel {

// [Intel SDM vol. 2A, "CPUID—CPU Identification"]: leaf 80000001H, EDX. The boot code has seen to
// it that the leaf exists.
inline bool has_extended_feature(unsigned bit) {
    constexpr std::uint32_t extended_features = 0x8000'0001;
    return (cpuid(extended_features).edx >> bit & 1) != 0;
}

// All CPUs map 2 MiB with one entry of a level-2 table, not all 1 GiB with one of level 3.
inline PageSize largest_page_size() {
    constexpr unsigned gib1_pages = 26;
    return has_extended_feature(gib1_pages) ? PageSize::gib1 : PageSize::mib2;
}

// The flag, where the CPU has it: elsewhere its bit must stay zero.
inline EntryFlags no_execute_if_possible() {
    constexpr unsigned no_execute = 20;
    return has_extended_feature(no_execute) ? EntryFlags{EntryFlag::no_execute} : EntryFlags{};
}

} // namespace kernel
