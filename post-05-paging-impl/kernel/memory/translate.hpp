// The page walk: what the CPU does with an address whose translation it does not remember, done by
// hand. Unlike the CPU this walk sets no accessed or dirty bit, and does not mind reserved bits.
#pragma once

#include "memory/page_table.hpp"
#include "memory/permissions.hpp"

#include <optional>

namespace kernel {

struct Translation {
    PhysicalAddress address;
    PageSize size;     // of the page that the address lies in
    EntryFlags rights; // writable and user if every level has them, no_execute if any has

    constexpr Permissions permissions() const { return Permissions::of(rights); }

    friend constexpr bool operator==(const Translation&, const Translation&) = default;
};

// Where `address` leads in the tables below `level_4_table`; nothing if it is not mapped.
// `access` must reach every table on the way.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
template <FrameAccess Access>
constexpr std::optional<Translation> translate(const Access& access, Frame<> level_4_table,
                                               VirtualAddress address) {
    Frame<> table = level_4_table;
    // The rights as the words that they come in, and the loop unrolled: see `make bench`.
    EntryFlags in_all = EntryFlag::writable | EntryFlag::user;
    EntryFlags in_any;
#pragma GCC unroll 4
    for (const Level level : {Level::level_4, Level::level_3, Level::level_2, Level::level_1}) {
        const PageTableEntry entry = access.table_in(table)[address.index(level)];
        if (!entry.is_present()) {
            return std::nullopt;
        }
        in_all = in_all & entry.flags();
        in_any = in_any | entry.flags();
        const PhysicalAddress start = entry.address(level);
        if (entry.is_leaf(level)) {
            return Translation{
                .address = PhysicalAddress::truncated(start.value() + address.offset(level)),
                .size = size_of_leaf(level),
                .rights = in_all | (in_any & EntryFlag::no_execute)};
        }
        table = Frame<>::containing(start);
    }
    return std::nullopt; // not reached: in level 1 every entry is a leaf
}

} // namespace kernel
