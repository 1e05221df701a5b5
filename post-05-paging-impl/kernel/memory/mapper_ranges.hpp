// The part of Mapper that deals with many pages at once: each table is walked to once, not once per
// page.
#pragma once

#include "memory/mapper.hpp"

#include <algorithm>

namespace kernel {

template <FrameAccess Access>
template <FrameAllocator Frames>
std::expected<PendingFlush, MapError>
Mapper<Access>::map_range(VirtualAddress start, PhysicalAddress to, std::uint64_t bytes,
                          EntryFlags flags, Frames& frames, PageSize largest) {
    const MappedRange range{start, to, bytes};
    if (!range.is_valid()) {
        return std::unexpected{MapError::no_such_range};
    }
    const auto tables = tables_needed(range, largest);
    if (!tables) {
        return std::unexpected{tables.error()};
    }
    SpareTables<Access> spare{tree_.access()};
    if (!spare.reserve(*tables, frames)) {
        return std::unexpected{MapError::out_of_frames};
    }
    PageSize smallest = largest;
    for (MappedRange rest = range; rest.bytes != 0;) {
        const PageRun run = rest.first_run(largest);
        const auto first =
            PageTableEntry::to_memory(rest.to, run.level, flags | EntryFlag::present);
        tree_.grow(tree_.walk(rest.start, run.level), rest.start, run, first, spare);
        smallest = std::min(smallest, size_of_leaf(run.level));
        rest = rest.after(run);
    }
    return PendingFlush{start, smallest, bytes / kernel::bytes(smallest)};
}

// How many tables are yet to be made for the range, if nothing is in its way.
template <FrameAccess Access>
std::expected<std::uint64_t, MapError> Mapper<Access>::tables_needed(const MappedRange& range,
                                                                     PageSize largest) {
    std::uint64_t needed = 0;
    for (MappedRange rest = range; rest.bytes != 0;) {
        const PageRun run = rest.first_run(largest);
        const PageWalk walk = tree_.walk(rest.start, run.level);
        if (const auto obstacle = obstacle_to(run, walk)) {
            return std::unexpected{*obstacle};
        }
        // A table that the run before is in as well has been counted already.
        for (Level level = run.level; level != walk.level; level = above(level)) {
            const bool first_run_in_it =
                rest.start == range.start || rest.start.offset(above(level)) == 0;
            needed += first_run_in_it ? 1 : 0;
        }
        rest = rest.after(run);
    }
    return needed;
}

template <FrameAccess Access>
template <FrameAllocator Frames>
std::expected<PendingFlush, UnmapError>
Mapper<Access>::unmap_range(VirtualAddress start, std::uint64_t bytes, Frames& frames) {
    if (!is_whole_pages(start, bytes)) {
        return std::unexpected{UnmapError::no_such_range};
    }
    if (cuts_a_page(start) || cuts_a_page(after(start, bytes))) {
        return std::unexpected{UnmapError::other_page_size};
    }
    PageSize smallest = PageSize::gib1;
    for (std::uint64_t done = 0; done < bytes;) {
        const VirtualAddress here = after(start, done);
        const PageWalk walk = tree_.walk(here, Level::level_1);
        // A range may begin or end in the middle of an entry that maps nothing.
        const std::uint64_t size = bytes_per_entry(walk.level);
        const std::uint64_t before = here.offset(walk.level);
        const std::uint64_t left = (before + bytes - done + size - 1) / size;
        const Cleared cleared =
            clear(walk, std::min(left, PageTable::size - here.index(walk.level)));
        if (cleared.pages != 0) {
            smallest = std::min(smallest, size_of_leaf(walk.level));
            tree_.cleared(cleared.pages, walk, here, frames);
        }
        done += cleared.entries * size - before;
    }
    return PendingFlush{start, smallest,
                        (bytes + kernel::bytes(smallest) - 1) / kernel::bytes(smallest)};
}

// Whether a page begins before the boundary and ends behind it.
template <FrameAccess Access>
bool Mapper<Access>::cuts_a_page(VirtualAddress boundary) {
    const PageWalk walk = tree_.walk(boundary, Level::level_1);
    return walk.entry->is_present() && boundary.offset(walk.level) != 0;
}

// Clears the entries from the walk's end on, as far as there are none that point to tables.
template <FrameAccess Access>
auto Mapper<Access>::clear(const PageWalk& walk, std::uint64_t most_entries) -> Cleared {
    Cleared done{};
    for (PageTableEntry& entry : std::span{walk.entry, most_entries}) {
        if (PageTree<Access>::points_to_table(entry, walk.level)) {
            break;
        }
        done.pages += entry.is_present() ? 1 : 0;
        ++done.entries;
        entry = PageTableEntry{};
    }
    return done;
}

} // namespace kernel
