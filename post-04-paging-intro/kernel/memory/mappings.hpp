// All that an address space holds: a walk through the page tables that misses no mapped page, where
// translate() follows one address.
#pragma once

#include "memory/page_table.hpp"
#include "memory/permissions.hpp"

#include <cstddef>

namespace kernel {

// One page and the frame behind it, of `size` both.
struct Mapping {
    VirtualAddress start;
    PhysicalAddress to;
    PageSize size;
    Permissions permissions;

    friend constexpr bool operator==(const Mapping&, const Mapping&) = default;
};

// The part of the walk that lies below one table. `start` is the first address that the table
// translates, `permissions` what the levels above leave over.
template <FrameAccess Access, typename Visit>
constexpr void for_each_mapping_below(const Access& access, Frame<> table, Level level,
                                      VirtualAddress start, Permissions permissions, Visit& visit) {
    for (std::size_t index = 0; index < PageTable::size; ++index) {
        const PageTableEntry entry = access.table_in(table)[index];
        if (!entry.is_present()) {
            continue;
        }
        const auto page =
            VirtualAddress::sign_extended(start.value() + index * bytes_per_entry(level));
        const Permissions left = permissions & Permissions::of(entry.flags());
        const PhysicalAddress to = entry.address(level);
        if (entry.is_leaf(level)) {
            visit(
                Mapping{.start = page, .to = to, .size = size_of_leaf(level), .permissions = left});
        } else if (const auto next = below(level)) {
            for_each_mapping_below(access, Frame<>::containing(to), *next, page, left, visit);
        }
    }
}

// Calls visit(Mapping) for every mapped page, in the order of their virtual addresses: the lower
// half first. A page is visited as often as it is mapped. The tables must not change meanwhile.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
template <FrameAccess Access, typename Visit>
constexpr void for_each_mapping(const Access& access, Frame<> level_4_table, Visit&& visit) {
    for_each_mapping_below(access, level_4_table, Level::level_4, VirtualAddress{}, Permissions{},
                           visit);
}

} // namespace kernel
