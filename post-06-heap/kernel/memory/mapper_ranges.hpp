// The part of Mapper that maps and unmaps many pages at once.
#pragma once

#include "memory/mapper.hpp"

#include <algorithm>
#include <span>

namespace kernel {

// Pages of one size side by side, with their entries in one table.
struct PageRun {
    PageSize size;
    std::uint64_t pages; // 1 to 512

    constexpr std::uint64_t size_in_bytes() const { return pages * kernel::size_in_bytes(size); }
};

// Whether these are whole pages of 4 KiB in one half of the address space.
constexpr bool is_range_of_pages(VirtualAddress start, std::uint64_t bytes) {
    constexpr std::uint64_t half = std::uint64_t{1} << 47;
    return (start.value() | bytes) % size_in_bytes(PageSize::kib4) == 0 && bytes <= half &&
           (start.value() & (half - 1)) + bytes <= half;
}

constexpr VirtualAddress address_after(VirtualAddress start, std::uint64_t bytes) {
    return VirtualAddress::sign_extended(start.value() + bytes);
}

// `bytes` of virtual memory from `start` on, and the physical memory that they are mapped to.
struct MappedRange {
    VirtualAddress start;
    PhysicalAddress to;
    std::uint64_t bytes;

    constexpr bool is_valid() const {
        constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;
        return is_range_of_pages(start, bytes) && to.value() % size_in_bytes(PageSize::kib4) == 0 &&
               to.value() + bytes <= end_of_memory;
    }

    // The pages that the range begins with. Precondition: it is not empty.
    constexpr PageRun first_run(PageSize largest) const {
        PageSize size = largest;
        while ((start.value() | to.value()) % size_in_bytes(size) != 0 ||
               bytes < size_in_bytes(size)) {
            size = level_below(size);
        }
        const std::uint64_t left_in_table = PageTable::size - start.index(size);
        return {size, std::min(left_in_table, bytes / size_in_bytes(size))};
    }

    constexpr MappedRange without(PageRun run) const {
        return {address_after(start, run.size_in_bytes()),
                PhysicalAddress::truncated(to.value() + run.size_in_bytes()),
                bytes - run.size_in_bytes()};
    }
};

template <FrameAccess Access>
template <FrameAllocator Frames>
std::expected<void, MapError> Mapper<Access>::map_range(VirtualAddress start, PhysicalAddress to,
                                                        std::uint64_t bytes, EntryFlags flags,
                                                        Frames& frames, PageSize largest) {
    const MappedRange range{start, to, bytes};
    if (!range.is_valid()) {
        return std::unexpected{MapError::no_such_range};
    }
    std::uint64_t tables = 0; // that are missing
    for (MappedRange rest = range; rest.bytes != 0;) {
        const PageRun run = rest.first_run(largest);
        const PageWalk end = walk(rest.start, run.size);
        const std::uint64_t entries = end.level == run.size ? run.pages : 1;
        for (PageTableEntry& entry : std::span{end.entry, entries}) {
            if (const auto error = obstacle({&entry, end.level, {}}, run.size)) {
                return std::unexpected{*error};
            }
        }
        // A run that does not begin at the start of a table shares it with the run before.
        for (Level level = run.size; level != end.level; level = level_above(level)) {
            tables += rest.start == start || rest.start.offset(level_above(level)) == 0 ? 1 : 0;
        }
        rest = rest.without(run);
    }
    if (tables > frames.free_count()) {
        return std::unexpected{MapError::out_of_frames};
    }
    for (MappedRange rest = range; rest.bytes != 0;) {
        const PageRun run = rest.first_run(largest);
        auto next = PageTableEntry::to_memory(rest.to, run.size, flags | EntryFlag::present);
        PageTableEntry* const first = make_tables(rest.start, run.size, frames).entry;
        for (PageTableEntry& entry : std::span{first, run.pages}) {
            entry = next;
            next = PageTableEntry::of_bits(next.bits() + size_in_bytes(run.size));
        }
        rest = rest.without(run);
    }
    finish_mapping();
    return {};
}

template <FrameAccess Access>
template <FrameAllocator Frames>
std::expected<PendingFlush, UnmapError>
Mapper<Access>::unmap_range(VirtualAddress start, std::uint64_t bytes, Frames& frames) {
    if (!is_range_of_pages(start, bytes)) {
        return std::unexpected{UnmapError::no_such_range};
    }
    for (const VirtualAddress boundary : {start, address_after(start, bytes)}) {
        const PageWalk end = walk(boundary, Level::level_1);
        if (end.entry->is_present() && boundary.offset(end.level) != 0) {
            return std::unexpected{UnmapError::other_page_size};
        }
    }
    for (std::uint64_t done = 0; done < bytes;) {
        const VirtualAddress here = address_after(start, done);
        const PageWalk end = walk(here, Level::level_1);
        if (end.entry->is_present()) {
            clear(end, here, frames);
        }
        done += size_in_bytes(end.level) - here.offset(end.level);
    }
    return PendingFlush{start, PageSize::kib4, bytes / size_in_bytes(PageSize::kib4)};
}

} // namespace kernel
