// Maps, unmaps and translates pages.
//
// What cannot be done is not done in part: on an error the tables are as they were, and no frame
// has been taken. What has been done the CPU may not have noticed; for that, see PendingFlush.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"] [AMD APM vol. 2, "Long-Mode Page
// Translation"]
#pragma once

#include "memory/map_error.hpp"
#include "memory/page_tree.hpp"
#include "memory/pending_flush.hpp"
#include "memory/translate.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>

namespace kernel {

template <PageSize Size>
struct Unmapped {
    Frame<Size> frame; // that was mapped; whose it is now, is the caller's affair
    PendingFlush flush;
};

// The caller answers for what the CPU can do: pages of 1 GiB and `no_execute` only where it has
// them (paging_features.hpp). Elsewhere their bits must be 0, and the first access is a page fault.
template <FrameAccess Access>
class Mapper {
public:
    Mapper(Frame<> level_4_table, Access access) : tree_{level_4_table, access} {}

    // Nothing if the address is not mapped.
    std::optional<Translation> translate(VirtualAddress address) const {
        return kernel::translate(tree_.access(), tree_.level_4_table(), address);
    }

    // Maps the page to the frame. It is present, and may be used as `flags` say: the tables above
    // it do not forbid what it allows. The flush may be ignored, unless `flags` has `user`:
    // a table above may have forbidden that until now, and the CPU may remember it.
    template <PageSize Size, FrameAllocator Frames>
    [[nodiscard]] std::expected<PendingFlush, MapError> map(Page<Size> page, Frame<Size> frame,
                                                            EntryFlags flags, Frames& frames) {
        static constexpr PageRun run{level_of(Size), 1};
        const auto entry = PageTableEntry::to_frame(frame, flags | EntryFlag::present);
        const PageWalk walk = tree_.walk(page.start(), level_of(Size));
        if (walk.level != level_of(Size) || walk.missing(flags) != EntryFlags{}) {
            return map_run(page.start(), run, entry, frames);
        }
        if (walk.entry->is_present()) {
            return std::unexpected{MapError::already_mapped};
        }
        tree_.link(walk, run, entry);
        return PendingFlush{page.start(), Size, 1};
    }

    // Gives back the frame that the page was mapped to. `frames` is the allocator that the tables
    // come from: what it does not take back is lost. The frames of tables that have become empty
    // go to `frames`; until the flush the CPU may still read them, so none may be allocated before.
    template <PageSize Size, FrameAllocator Frames>
    [[nodiscard]] std::expected<Unmapped<Size>, UnmapError> unmap(Page<Size> page, Frames& frames) {
        const PageWalk walk = tree_.walk(page.start(), level_of(Size));
        if (!ends_at_page<Size>(walk)) {
            return std::unexpected{why_not(walk)};
        }
        const auto frame = Frame<Size>::containing(walk.entry->address(level_of(Size)));
        *walk.entry = PageTableEntry{};
        tree_.cleared(1, walk, page.start(), frames);
        return Unmapped<Size>{frame, PendingFlush{page.start(), Size, 1}};
    }

    // Gives a mapped page these flags in place of those it has, the CPU's marks (accessed, dirty)
    // included.
    template <PageSize Size>
    [[nodiscard]] std::expected<PendingFlush, UnmapError> set_flags(Page<Size> page,
                                                                    EntryFlags flags) {
        const PageWalk walk = tree_.walk(page.start(), level_of(Size));
        if (!ends_at_page<Size>(walk)) {
            return std::unexpected{why_not(walk)};
        }
        const auto frame = Frame<Size>::containing(walk.entry->address(level_of(Size)));
        *walk.entry = PageTableEntry::to_frame(frame, flags | EntryFlag::present);
        tree_.allow(flags, walk, page.start());
        return PendingFlush{page.start(), Size, 1};
    }

    // Maps `bytes` from `start` on to the memory from `to` on, in the largest pages that the
    // alignment of both allows, up to `largest`. All three are multiples of 4 KiB, the range lies
    // in one half of the address space, the memory below 2^52: otherwise there is no such range. No
    // bytes, no change. Flush: as with map().
    template <FrameAllocator Frames>
    [[nodiscard]] std::expected<PendingFlush, MapError>
    map_range(VirtualAddress start, PhysicalAddress to, std::uint64_t bytes, EntryFlags flags,
              Frames& frames, PageSize largest = PageSize::mib2);

    // Unmaps whatever is mapped in the range, which may have holes, but must not begin or end
    // inside a large page. Frames and the flush: as with unmap(), but the frames that were mapped
    // are the caller's to know.
    template <FrameAllocator Frames>
    [[nodiscard]] std::expected<PendingFlush, UnmapError>
    unmap_range(VirtualAddress start, std::uint64_t bytes, Frames& frames);

private:
    // Maps pages for which more may have to change than their own entries. Not inlined, so that
    // map() is as short as it is in most cases.
    template <FrameAllocator Frames>
    [[gnu::noinline]] std::expected<PendingFlush, MapError>
    map_run(VirtualAddress start, PageRun run, PageTableEntry first, Frames& frames) {
        const PageWalk walk = tree_.walk(start, run.level);
        if (const auto obstacle = obstacle_to(run, walk)) {
            return std::unexpected{*obstacle};
        }
        SpareTables<Access> spare{tree_.access()};
        if (!spare.reserve(levels_missing(run, walk), frames)) {
            return std::unexpected{MapError::out_of_frames};
        }
        tree_.grow(walk, start, run, first, spare);
        return PendingFlush{start, size_of_leaf(run.level), run.count};
    }

    // What stands where the run is to go. Some of it may be in tables that are yet to be made.
    static std::optional<MapError> obstacle_to(PageRun run, const PageWalk& walk) {
        if (walk.level != run.level) {
            return walk.entry->is_present() ? std::optional{MapError::inside_large_page}
                                            : std::nullopt;
        }
        // All of them at once: an obstacle is rare, and nothing has to be known of it.
        EntryFlags in_any;
#pragma GCC unroll 4
        for (const PageTableEntry entry : std::span{walk.entry, run.count}) {
            in_any = in_any | entry.flags();
        }
        return in_any.has(EntryFlag::present) ? std::optional{MapError::already_mapped}
                                              : std::nullopt;
    }

    static unsigned levels_missing(PageRun run, const PageWalk& walk) {
        return static_cast<unsigned>(walk.level) - static_cast<unsigned>(run.level);
    }

    template <PageSize Size>
    static bool ends_at_page(const PageWalk& walk) {
        return walk.level == level_of(Size) && walk.entry->is_present() &&
               walk.entry->is_leaf(level_of(Size));
    }

    // Something else is there, or nothing.
    static UnmapError why_not(const PageWalk& walk) {
        return walk.entry->is_present() ? UnmapError::other_page_size : UnmapError::not_mapped;
    }

    std::expected<std::uint64_t, MapError> tables_needed(const MappedRange& range,
                                                         PageSize largest);
    bool cuts_a_page(VirtualAddress boundary);

    struct Cleared {
        unsigned entries; // gone through
        unsigned pages;   // among them, that were mapped
    };
    static Cleared clear(const PageWalk& walk, std::uint64_t most_entries);

    PageTree<Access> tree_;
};

} // namespace kernel

#include "memory/mapper_ranges.hpp" // IWYU pragma: keep
