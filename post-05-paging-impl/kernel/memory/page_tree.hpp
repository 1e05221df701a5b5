// The page tables of an address space as a tree: how one gets to an entry, and how entries come and
// go without a table ever being there for nothing.
//
// For each table that is made here, the entry that points to it counts how many of its entries are
// in use; with the last of them the table goes as well. A table that the boot code made has no such
// count, and stays.
#pragma once

#include "memory/mapped_range.hpp"
#include "memory/spare_tables.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <utility>

namespace kernel {

// Where a walk down the tables has ended.
struct PageWalk {
    PageTableEntry* above; // points to the table that `entry` stands in
    PageTableEntry* entry;
    Level level;        // of that table
    EntryFlags allowed; // by each of the entries on the way, `above` included

    // Which of the flags the tables keep from an entry here. (Execution they could forbid too, but
    // nobody has a table do that.)
    constexpr EntryFlags missing(EntryFlags flags) const {
        return (flags & (EntryFlag::writable | EntryFlag::user)).without(allowed);
    }
};

constexpr Level above(Level level) {
    return static_cast<Level>(static_cast<int>(level) + 1);
}

template <FrameAccess Access>
class PageTree {
public:
    PageTree(Frame<> level_4_table, Access access)
        : access_{access}, root_{PageTableEntry::to_table(level_4_table, all)} {}

    const Access& access() const { return access_; }
    Frame<> level_4_table() const { return table_below(root_); }

    // Goes down towards `address` until `last`, or until there is no further table.
    PageWalk walk(VirtualAddress address, Level last) {
        PageTableEntry* above = &root_;
        EntryFlags allowed = all;
#pragma GCC unroll 4
        for (const Level level : top_down) {
            PageTableEntry* const entry =
                &access_.table_in(table_below(*above))[address.index(level)];
            if (level == last || !points_to_table(*entry, level)) {
                return {.above = above, .entry = entry, .level = level, .allowed = allowed};
            }
            allowed = allowed & entry->flags();
            above = entry;
        }
        std::unreachable(); // in level 1 no entry points to a table
    }

    static bool points_to_table(PageTableEntry entry, Level level) {
        return entry.is_present() && !entry.is_leaf(level);
    }

    // Enters what is complete where a walk has ended: a run of pages, the first of them as `first`,
    // or a table.
    void link(const PageWalk& walk, PageRun run, PageTableEntry first) {
        fill(walk.entry, run, first);
        if (walk.above->used_entries() != 0) {
            *walk.above = walk.above->with_more_used_entries(static_cast<int>(run.count));
        }
        // The pages may be used from here on: no access to them moves up in front of their entries.
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }

    // The same, where tables may be missing between the end of the walk to `start` and the run: as
    // many as are then taken out of `spare`. They are made from the lowest up. What is new is
    // complete before an entry leads to it: the CPU may walk the tables at any time.
    void grow(const PageWalk& walk, VirtualAddress start, PageRun run, PageTableEntry first,
              SpareTables<Access>& spare) {
        const EntryFlags flags = first.flags() & all;
        for (; run.level != walk.level; run = {above(run.level), 1}) {
            const Frame<> table = spare.take();
            fill(&access_.table_in(table)[start.index(run.level)], run, first);
            first = PageTableEntry::to_table(table, flags | EntryFlag::writable)
                        .with_used_entries(run.count);
        }
        std::atomic_signal_fence(std::memory_order_release);
        allow(flags, walk, start);
        link(walk, run, first);
    }

    // Makes the tables on the way of a walk to `address` allow what a page below them needs.
    void allow(EntryFlags wanted, const PageWalk& done, VirtualAddress address) {
        const EntryFlags missing = done.missing(wanted);
        if (missing == EntryFlags{}) {
            return;
        }
        for (Level level = Level::level_4; level != done.level; level = *below(level)) {
            PageTableEntry& entry = *walk(address, level).entry;
            entry = entry.with(missing);
        }
    }

    // To be told after `count` entries have been cleared in the table that a walk to `address` has
    // ended in.
    template <FrameAllocator Frames>
    void cleared(unsigned count, const PageWalk& walk, VirtualAddress address, Frames& frames) {
        const unsigned used = walk.above->used_entries();
        if (used == count && used != 0) {
            remove_table(address, walk.level, frames);
        } else if (used != 0) {
            *walk.above = walk.above->with_more_used_entries(-static_cast<int>(count));
        }
    }

private:
    static constexpr std::array top_down{Level::level_4, Level::level_3, Level::level_2,
                                         Level::level_1};

    // What a table can grant to everything below it.
    static constexpr EntryFlags all = EntryFlag::present | EntryFlag::writable | EntryFlag::user;

    static Frame<> table_below(PageTableEntry entry) {
        return Frame<>::containing(entry.address(Level::level_4));
    }

    // The table of this level that translates the address, and those above that it was the last of.
    template <FrameAllocator Frames>
    [[gnu::noinline]] void remove_table(VirtualAddress address, Level level, Frames& frames) {
        const PageWalk up = walk(address, above(level));
        const Frame<> table = table_below(*up.entry);
        *up.entry = PageTableEntry{};
        static_cast<void>(frames.free(table));
        cleared(1, up, address, frames);
    }

    // Each entry leads to where the one before ends.
    static void fill(PageTableEntry* place, PageRun run, PageTableEntry entry) {
#pragma GCC unroll 4
        for (PageTableEntry& slot : std::span{place, run.count}) {
            slot = entry;
            entry = PageTableEntry::of_bits(entry.bits() + bytes_per_entry(run.level));
        }
    }

    [[no_unique_address]] Access access_;
    PageTableEntry root_; // as if a fifth level pointed to the fourth: a table that stays
};

} // namespace kernel
