// Pages come in three sizes: an entry of a level-2 or level-3 table may map memory itself, instead
// of pointing to a further table. 1 GiB is only for CPUs that have it (CPUID leaf 80000001H, EDX
// bit 26); elsewhere bit 7 of an entry must be 0 in level 3. [Intel SDM vol. 3A, "4-Level Paging
// and 5-Level Paging"]
#pragma once

#include "memory/level.hpp"

#include <cstdint>
#include <string_view>

namespace kernel {

enum class PageSize : std::uint8_t { kib4, mib2, gib1 };

// The level of the table whose entries map pages of this size.
constexpr Level level_of(PageSize size) {
    return static_cast<Level>(static_cast<int>(size) + 1);
}

// The size of the pages that entries at this level map. Not for level 4, which maps none.
constexpr PageSize size_of_leaf(Level level) {
    return static_cast<PageSize>(static_cast<int>(level) - 1);
}

constexpr std::uint64_t bytes(PageSize size) {
    return bytes_per_entry(level_of(size));
}

constexpr std::string_view name_of(PageSize size) {
    switch (size) {
    case PageSize::kib4:
        return "4 KiB";
    case PageSize::mib2:
        return "2 MiB";
    case PageSize::gib1:
        return "1 GiB";
    }
    return "?";
}

static_assert(bytes(PageSize::kib4) == 4 << 10);
static_assert(bytes(PageSize::mib2) == 2 << 20);
static_assert(bytes(PageSize::gib1) == 1 << 30);

} // namespace kernel
