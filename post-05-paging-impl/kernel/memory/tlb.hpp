// The translation lookaside buffer: the CPU remembers translations that it has walked, and does not
// notice when the page tables change. It also remembers entries that point to tables: INVLPG
// forgets all of these, whatever the address, so that the flush of a page covers the tables that
// went with it. [Intel SDM vol. 3A, "Caching Translation Information"]
#pragma once

#include "memory/virtual_address.hpp"

#include <concepts>

namespace kernel {

// What has been forgotten is looked up in the tables again, when it is next used.
template <typename T>
concept Tlb = requires(T& tlb, VirtualAddress address) {
    // The page that the address lies in, of whatever size.
    { tlb.invalidate_page(address) } -> std::same_as<void>;
    // Every page but global ones. (Those need CR4.PGE, which this kernel leaves off: the CPU then
    // ignores their bit.)
    { tlb.invalidate_all() } -> std::same_as<void>;
};

} // namespace kernel
