// The page walk: what the CPU does with an address whose translation it does not remember. Unlike
// the CPU, this walk sets no accessed or dirty bit and ignores reserved bits.
#pragma once

#include "memory/page_table.hpp"

#include <utility>

namespace kernel {

// Where a walk down the tables ended.
struct PageWalk {
    PageTableEntry* entry;
    Level level;       // of the table that `entry` is in
    EntryFlags rights; // writable and user if every entry passed has them, no_execute if any has
};

// Follows `address` down the tables. Ends at level `last`, or above it, if an entry there does not
// point to a table. `access` must reach every table on the way.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
template <FrameAccess Access>
constexpr PageWalk page_walk(const Access& access, Frame<> level_4_table, VirtualAddress address,
                             Level last = Level::level_1) {
    Frame<> table = level_4_table;
    EntryFlags in_all = EntryFlag::writable | EntryFlag::user;
    EntryFlags in_any;
    // Unrolled, because translating an address then takes less than half of the instructions.
#pragma GCC unroll 4
    for (const Level level : {Level::level_4, Level::level_3, Level::level_2, Level::level_1}) {
        PageTableEntry& entry = access.table_in(table)[address.index(level)];
        in_all = in_all & entry.flags();
        in_any = in_any | entry.flags();
        if (level == last || !entry.points_to_table(level)) {
            return {&entry, level, in_all | (in_any & EntryFlag::no_execute)};
        }
        table = Frame<>::containing(entry.address(level));
    }
    std::unreachable(); // an entry in level 1 does not point to a table
}

} // namespace kernel
