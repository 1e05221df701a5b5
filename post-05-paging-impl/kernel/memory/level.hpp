// The four levels of page tables that a virtual address is translated through.
//
// The manuals call the tables, from the top: page map level 4 (PML4), page directory pointer table,
// page directory, page table. An entry in level 1 maps a page of 4 KiB. An entry in level 2 or 3
// either points to a table or maps a large page itself; 1 GiB only on CPUs that can do it (CPUID
// leaf 80000001H, EDX bit 26). [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

enum class Level : std::uint8_t {
    level_1 = 1,
    level_2 = 2,
    level_3 = 3,
    level_4 = 4,
    kib4 = level_1, // the same levels, by the size of the pages that their entries map
    mib2 = level_2,
    gib1 = level_3,
};

using PageSize = Level;

// The result for level 1 is not a level, but is less than every level, so that a loop can end.
constexpr Level level_below(Level level) {
    return static_cast<Level>(static_cast<int>(level) - 1);
}

// Precondition: `level` is not level 4.
constexpr Level level_above(Level level) {
    return static_cast<Level>(static_cast<int>(level) + 1);
}

// Where the index into a table of this level begins in an address: bit 12, 21, 30 or 39.
constexpr unsigned index_shift(Level level) {
    return 12 + 9 * (static_cast<unsigned>(level) - 1);
}

// How many bytes of virtual memory one entry of a table at this level covers.
constexpr std::uint64_t size_in_bytes(Level level) {
    return std::uint64_t{1} << index_shift(level);
}

// Precondition: `size` is not level 4.
constexpr std::string_view name_of(PageSize size) {
    constexpr std::array<std::string_view, 3> names{"4 KiB", "2 MiB", "1 GiB"};
    return names[static_cast<std::size_t>(size) - 1];
}

static_assert(size_in_bytes(PageSize::kib4) == 4 << 10);
static_assert(size_in_bytes(PageSize::mib2) == 2 << 20);
static_assert(size_in_bytes(PageSize::gib1) == 1 << 30);
static_assert(size_in_bytes(Level::level_4) == std::uint64_t{1} << 39);

} // namespace kernel
