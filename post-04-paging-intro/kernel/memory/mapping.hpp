// Every page that an address space maps.
#pragma once

#include "memory/page_walk.hpp"
#include "memory/permissions.hpp"

namespace kernel {

// One page, and the frame of the same size that it is mapped to.
struct Mapping {
    VirtualAddress start;
    PhysicalAddress to;
    PageSize size;
    Permissions permissions;

    friend constexpr bool operator==(const Mapping&, const Mapping&) = default;
};

// Calls visit(Mapping) for every mapped page in the order of virtual addresses, the lower half
// first. Each step begins after all the memory that the last entry of a walk covers, mapped or
// not. The tables must not change meanwhile.
template <FrameAccess Access, typename Visit>
constexpr void for_each_mapping(const Access& access, Frame<> level_4_table, Visit&& visit) {
    VirtualAddress here;
    do {
        const auto [entry, level, rights] = page_walk(access, level_4_table, here);
        if (entry->is_present()) {
            visit(Mapping{.start = here,
                          .to = entry->address(level),
                          .size = level,
                          .permissions = Permissions::of(rights)});
        }
        here = VirtualAddress::sign_extended(here.value() + size_in_bytes(level));
    } while (here != VirtualAddress{}); // after the last address comes the first
}

} // namespace kernel
