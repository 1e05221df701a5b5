// Maps, unmaps and translates pages.
//
// A function that returns an error has left the tables and the frames as they were.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"] [AMD APM vol. 2, "Long-Mode Page
// Translation"]
#pragma once

#include "cpu/instructions.hpp"
#include "memory/frame_allocator.hpp"
#include "memory/map_error.hpp"
#include "memory/tlb.hpp"
#include "memory/translate.hpp"

#include <atomic>
#include <cstdint>
#include <expected>
#include <optional>

namespace kernel {

template <PageSize Size>
struct Unmapped {
    Frame<Size> frame; // that the page was mapped to; the caller now owns it
    PendingFlush flush;
};

// The entries that point to new tables allow everything, so the page's own entry decides. Those of
// the boot code do not allow `user`.
//
// Precondition of all functions that map: the CPU has what is asked for, if that is a page of 1 GiB
// or `no_execute` (see cpu_paging.hpp). Otherwise the first access is a page fault.
template <FrameAccess Access>
class Mapper {
public:
    Mapper(Frame<> level_4_table, Access access) : access_{access}, level_4_table_{level_4_table} {}

    // Returns nothing if the address is not mapped.
    std::optional<Translation> translate(VirtualAddress address) const {
        return kernel::translate(access_, level_4_table_, address);
    }

    // Maps the page to the frame, with these flags and `present`. The caller answers for the frame:
    // what it holds can be reached at one more address then. Missing tables are made of frames from
    // `frames`.
    template <PageSize Size, FrameAllocator Frames>
    [[nodiscard]] std::expected<void, MapError> map(Page<Size> page, Frame<Size> frame,
                                                    EntryFlags flags, Frames& frames) {
        PageWalk end = walk(page.start(), Size);
        if (const auto error = obstacle(end, Size)) {
            return std::unexpected{*error};
        }
        if (end.level != Size) {
            if (levels_between(Size, end.level) > frames.free_count()) {
                return std::unexpected{MapError::out_of_frames};
            }
            end = make_tables(page.start(), Size, frames);
        }
        *end.entry = PageTableEntry::to_frame(frame, flags | EntryFlag::present);
        finish_mapping();
        return {};
    }

    // Unmaps the page. Tables that become empty go back to `frames`; the CPU may still read them
    // until the flush, so no frame may be allocated before it.
    template <PageSize Size, FrameAllocator Frames>
    [[nodiscard]] std::expected<Unmapped<Size>, UnmapError> unmap(Page<Size> page, Frames& frames) {
        const PageWalk end = walk(page.start(), Size);
        if (!end.entry->is_present()) {
            return std::unexpected{UnmapError::not_mapped};
        }
        if (end.level != Size || !end.entry->is_leaf(Size)) {
            return std::unexpected{UnmapError::other_page_size};
        }
        const auto frame = Frame<Size>::containing(end.entry->address(Size));
        clear(end, page.start(), frames);
        return Unmapped<Size>{frame, PendingFlush{page.start(), Size, 1}};
    }

    // Maps `bytes` from `start` on to the memory from `to` on, in the largest pages that the
    // alignment of both allows, up to `largest`. All three must be multiples of 4 KiB, the range
    // must lie in one half of the address space, and the memory below 2^52.
    template <FrameAllocator Frames>
    [[nodiscard]] std::expected<void, MapError>
    map_range(VirtualAddress start, PhysicalAddress to, std::uint64_t bytes, EntryFlags flags,
              Frames& frames, PageSize largest = PageSize::mib2);

    // Unmaps all pages in the range, of which some or all may be unmapped already. The range must
    // consist of whole 4 KiB pages in one half of the address space, and must not begin or end
    // inside a large page. For empty tables and the flush see unmap().
    template <FrameAllocator Frames>
    [[nodiscard]] std::expected<PendingFlush, UnmapError>
    unmap_range(VirtualAddress start, std::uint64_t bytes, Frames& frames);

private:
    PageWalk walk(VirtualAddress address, Level last) const {
        return page_walk(access_, level_4_table_, address, last);
    }

    // Why a page of this size cannot be mapped, if a walk for it ended at `end`; nothing if it can.
    static std::optional<MapError> obstacle(const PageWalk& end, PageSize size) {
        if (!end.entry->is_present()) {
            return std::nullopt;
        }
        return end.level == size ? MapError::already_mapped : MapError::inside_large_page;
    }

    static unsigned levels_between(Level lower, Level upper) {
        return static_cast<unsigned>(upper) - static_cast<unsigned>(lower);
    }

    // Makes the tables that are missing above level `last`, and returns the walk to there.
    // Precondition: there are enough frames. A new table is empty before an entry points to it: the
    // CPU may walk the tables at any time.
    template <FrameAllocator Frames>
    PageWalk make_tables(VirtualAddress address, Level last, Frames& frames) {
        PageWalk end = walk(address, last);
        while (end.level != last) {
            const Frame<> table = *frames.allocate();
            store_words(&access_.table_in(table), 0, sizeof(PageTable) / sizeof(std::uint64_t));
            *end.entry = PageTableEntry::to_table(table, EntryFlag::present | EntryFlag::writable |
                                                             EntryFlag::user);
            end = walk(address, last);
        }
        return end;
    }

    // Keeps the compiler from accessing new pages before their entries are written.
    static void finish_mapping() { std::atomic_signal_fence(std::memory_order_seq_cst); }

    // Clears the entry where a walk to `address` ended, and frees its table if that was the last.
    template <FrameAllocator Frames>
    void clear(const PageWalk& end, VirtualAddress address, Frames& frames) {
        *end.entry = PageTableEntry{};
        if (end.level != Level::level_4 && is_empty_beside(end.entry, address.index(end.level))) {
            free_table(address, end.level, frames);
        }
    }

    // Frees the table of this level on the way to `address`, and then those above it that become
    // empty. Tables that `frames` does not take back stay: the boot code's. Not inlined, because
    // unmap_range() would then take 95 instructions for each page instead of 67.
    template <FrameAllocator Frames>
    [[gnu::noinline]] void free_table(VirtualAddress address, Level level, Frames& frames) {
        const PageWalk above = walk(address, level_above(level));
        if (frames.free(Frame<>::containing(above.entry->address(above.level)))) {
            clear(above, address, frames);
        }
    }

    // Whether all other entries of the table are empty. Looks to both sides of `entry`, whose index
    // is given: usually a neighbour is in use.
    static bool is_empty_beside(const PageTableEntry* entry, std::size_t index) {
        const PageTableEntry* const table = entry - index;
        for (std::size_t distance = 1; distance <= PageTable::size / 2; ++distance) {
            if (table[(index + distance) % PageTable::size].is_present() ||
                table[(index - distance) % PageTable::size].is_present()) {
                return false;
            }
        }
        return true;
    }

    [[no_unique_address]] Access access_;
    Frame<> level_4_table_;
};

} // namespace kernel

#include "memory/mapper_ranges.hpp" // IWYU pragma: keep
