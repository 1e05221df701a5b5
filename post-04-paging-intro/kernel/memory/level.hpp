// The four levels of page tables that a virtual address is translated through.
//
// The manuals call the tables, from the top: page map level 4 (PML4), page directory pointer table,
// page directory, page table. [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
#pragma once

#include <cstdint>
#include <optional>

namespace kernel {

enum class Level : std::uint8_t { level_1 = 1, level_2 = 2, level_3 = 3, level_4 = 4 };

// The level that a table's entries point down to; below level 1 lie the mapped pages themselves.
constexpr std::optional<Level> below(Level level) {
    return level == Level::level_1 ? std::nullopt
                                   : std::optional{static_cast<Level>(static_cast<int>(level) - 1)};
}

// Where the index into a table of this level begins in an address: bit 12, 21, 30 or 39.
constexpr unsigned index_shift(Level level) {
    return 12 + 9 * (static_cast<unsigned>(level) - 1);
}

// How many bytes of virtual memory one entry of a table at this level covers.
constexpr std::uint64_t bytes_per_entry(Level level) {
    return std::uint64_t{1} << index_shift(level);
}

static_assert(bytes_per_entry(Level::level_1) == 4096);
static_assert(bytes_per_entry(Level::level_4) == std::uint64_t{1} << 39);

} // namespace kernel
