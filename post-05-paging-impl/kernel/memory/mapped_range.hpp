// How a range of memory is divided into pages: the largest that fit, wherever they fit.
#pragma once

#include "memory/page_size.hpp"
#include "memory/page_table.hpp"
#include "memory/physical_address.hpp"
#include "memory/virtual_address.hpp"

#include <algorithm>
#include <cstdint>

namespace kernel {

// Pages of one size side by side, with their entries in one table of this level. 1 to 512 of them.
struct PageRun {
    Level level;
    unsigned count;

    constexpr std::uint64_t bytes() const { return count * bytes_per_entry(level); }

    friend constexpr bool operator==(const PageRun&, const PageRun&) = default;
};

// Whether `bytes` from `start` on are whole pages, all in the same half of the address space.
constexpr bool is_whole_pages(VirtualAddress start, std::uint64_t bytes) {
    constexpr std::uint64_t half = std::uint64_t{1} << 47;
    const std::uint64_t offset_in_half = start.value() & (half - 1);
    return (start.value() | bytes) % bytes_per_entry(Level::level_1) == 0 && bytes <= half &&
           offset_in_half + bytes <= half;
}

// On the other side of the last address that the lower half has lies the upper half.
constexpr VirtualAddress after(VirtualAddress start, std::uint64_t bytes) {
    return VirtualAddress::sign_extended(start.value() + bytes);
}

// `bytes` of virtual memory from `start` on, and the physical memory that they are to lead to.
struct MappedRange {
    VirtualAddress start;
    PhysicalAddress to;
    std::uint64_t bytes;

    constexpr bool is_valid() const {
        constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;
        return is_whole_pages(start, bytes) && to.value() % bytes_per_entry(Level::level_1) == 0 &&
               to.value() + bytes <= end_of_memory;
    }

    // The pages that it begins with. Not for an empty range.
    constexpr PageRun first_run(PageSize largest) const {
        Level level = level_of(largest);
        while (!begins_with_page_at(level)) {
            level = *below(level);
        }
        const std::uint64_t left_in_table = PageTable::size - start.index(level);
        return {level,
                static_cast<unsigned>(std::min(left_in_table, bytes / bytes_per_entry(level)))};
    }

    constexpr MappedRange after(PageRun run) const {
        return {kernel::after(start, run.bytes()),
                PhysicalAddress::truncated(to.value() + run.bytes()), bytes - run.bytes()};
    }

private:
    constexpr bool begins_with_page_at(Level level) const {
        return start.offset(level) == 0 && to.value() % bytes_per_entry(level) == 0 &&
               bytes >= bytes_per_entry(level);
    }
};

} // namespace kernel
