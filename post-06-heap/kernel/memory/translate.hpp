// From a virtual address to the physical address that it stands for.
#pragma once

#include "memory/page_walk.hpp"
#include "memory/permissions.hpp"

#include <optional>

namespace kernel {

struct Translation {
    PhysicalAddress address;
    PageSize size;     // of the page that the address lies in
    EntryFlags rights; // as in PageWalk

    constexpr Permissions permissions() const { return Permissions::of(rights); }

    friend constexpr bool operator==(const Translation&, const Translation&) = default;
};

// Returns nothing if the address is not mapped.
template <FrameAccess Access>
constexpr std::optional<Translation> translate(const Access& access, Frame<> level_4_table,
                                               VirtualAddress address) {
    const PageWalk end = page_walk(access, level_4_table, address);
    if (!end.entry->is_present()) {
        return std::nullopt;
    }
    const std::uint64_t start = end.entry->address(end.level).value();
    return Translation{.address = PhysicalAddress::truncated(start + address.offset(end.level)),
                       .size = end.level,
                       .rights = end.rights};
}

} // namespace kernel
