// Where page tables appear in virtual memory if an entry of the level-4 table points to that table
// itself.
//
// Through that entry the walk stays in the level-4 table for one more step, and ends one level
// early: at a table, where there would be a page. Through it twice, two levels early. So the
// address of a table is that of what it translates, shifted right by nine bits for each level that
// the walk ends early, with the recursive index moved in from the left:
//
// clang-format off
//     level 4    level 3    level 2    level 1    what is there, for an address with indices a b c d
//     recursive  a          b          c          the level-1 table that translates it
//     recursive  recursive  a          b          the level-2 table
//     recursive  recursive  recursive  a          the level-3 table
//     recursive  recursive  recursive  recursive  the level-4 table
// clang-format on
//
// Nothing in this kernel uses it: the direct map does the same work.
#pragma once

#include "cpu/bits.hpp"
#include "memory/level.hpp"
#include "memory/virtual_address.hpp"

#include <cstdint>

namespace kernel {

// The entry that translates `address` in the table of this level. `recursive_index` says which
// entry of the level-4 table points to the table itself: 0 to 511.
constexpr VirtualAddress recursive_entry_address(std::uint16_t recursive_index,
                                                 VirtualAddress address, Level level) {
    constexpr std::uint64_t bytes_of_entry = 8;
    std::uint64_t shifted = Bits<47, 0>::get(address.value());
    for (auto step = 0U; step < static_cast<unsigned>(level); ++step) {
        shifted = Bits<47, 39>::place(recursive_index) | shifted >> 9;
    }
    // The last index has become the offset, counted in entries.
    return VirtualAddress::sign_extended(shifted & ~(bytes_of_entry - 1));
}

// The table of this level that translates `address`.
constexpr VirtualAddress recursive_table_address(std::uint16_t recursive_index,
                                                 VirtualAddress address, Level level) {
    const VirtualAddress entry = recursive_entry_address(recursive_index, address, level);
    return VirtualAddress::sign_extended(entry.value() - entry.offset(Level::level_1));
}

static_assert(recursive_table_address(0777, {}, Level::level_1).value() == 0xFFFF'FF80'0000'0000);
static_assert(recursive_table_address(0777, {}, Level::level_4).value() == 0xFFFF'FFFF'FFFF'F000);

} // namespace kernel
