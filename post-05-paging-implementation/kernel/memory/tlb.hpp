// The translation lookaside buffer: the CPU remembers translations that it has walked, and does not
// notice when the page tables change. [Intel SDM vol. 3A, "Caching Translation Information"]
#pragma once

#include "memory/virtual_address.hpp"

#include <concepts>

namespace kernel {

// What has been forgotten is looked up in the tables again, when it is next used.
template <typename T>
concept Tlb = requires(T& tlb, VirtualAddress address) {
    // The page that the address lies in, of whatever size.
    { tlb.invalidate_page(address) } -> std::same_as<void>;
    // Every page, the global ones too.
    { tlb.invalidate_all() } -> std::same_as<void>;
};

} // namespace kernel
