// One entry of a page table, at any level: a physical address and what may be done there.
//
//     63   62-52    51                 12 11-9  8   7   6   5   4   3   2   1   0
//      NX  ignored   address [51:12]       free G   PS  D   A   PCD PWT U   W   P
//
// What the CPU ignores is the kernel's to use: in an entry that points to a table, bits 61 to 52
// count that table's entries in use.
//
// PS is "page size" in tables of level 2 and 3: set, the entry maps memory itself. In a table of
// level 1 the same bit is PAT, a matter of caching, and says nothing about size; in an entry that
// maps a large page PAT is bit 12, which is no part of the address there.
//
// A present entry must have 0 in bit 7 in level 4, in a large page's address below its size, and in
// the address bits that the CPU does not have. Bits 62 to 59 of an entry that maps memory are its
// protection key if CR4.PKE is set, which it is not here.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
// [AMD APM vol. 2, "Long-Mode Page Translation"]
#pragma once

#include "cpu/bits.hpp"
#include "memory/level.hpp"
#include "memory/page.hpp"

#include <cstdint>

namespace kernel {

// The enumerator is the bit.
enum class EntryFlag : std::uint64_t {
    present = 1 << 0,
    writable = 1 << 1,      // the kernel obeys it only if CR0.WP is set
    user = 1 << 2,          // may be used by programs outside the kernel
    write_through = 1 << 3, // how the memory is cached
    cache_disable = 1 << 4, // not at all: for the registers of devices
    accessed = 1 << 5,      // set by the CPU
    dirty = 1 << 6,         // set by the CPU, where the entry maps memory
    large_page = 1 << 7,    // in level 2 and 3; PAT in level 1
    global = 1 << 8,        // the CPU remembers the translation even when CR3 is loaded
    no_execute = std::uint64_t{1} << 63, // a reserved bit, which must be 0, unless EFER.NXE is set
};

// A set of flags: EntryFlag::present | EntryFlag::writable.
class EntryFlags {
public:
    constexpr EntryFlags() = default;
    constexpr EntryFlags(EntryFlag flag) : bits_{static_cast<std::uint64_t>(flag)} {}

    // The flags of an entry as it stands in a table.
    static constexpr EntryFlags of_entry(std::uint64_t entry) {
        EntryFlags flags;
        flags.bits_ = entry & every_flag;
        return flags;
    }

    constexpr bool has(EntryFlag flag) const {
        return (bits_ & static_cast<std::uint64_t>(flag)) != 0;
    }
    constexpr EntryFlags without(EntryFlags others) const {
        return of_entry(bits_ & ~others.bits_);
    }
    constexpr std::uint64_t bits() const { return bits_; }

    friend constexpr EntryFlags operator|(EntryFlags a, EntryFlags b) {
        return of_entry(a.bits_ | b.bits_);
    }
    friend constexpr EntryFlags operator&(EntryFlags a, EntryFlags b) {
        return of_entry(a.bits_ & b.bits_);
    }
    friend constexpr bool operator==(EntryFlags, EntryFlags) = default;

private:
    static constexpr std::uint64_t every_flag = Bits<8, 0>::mask | Bits<63, 63>::mask;

    std::uint64_t bits_ = 0;
};

constexpr EntryFlags operator|(EntryFlag a, EntryFlag b) {
    return EntryFlags{a} | EntryFlags{b};
}

class PageTableEntry {
public:
    constexpr PageTableEntry() = default; // all zero: not present

    // Points to the table of the next level. The flags are taken as they are, but for large_page.
    static constexpr PageTableEntry to_table(Frame<> table, EntryFlags flags) {
        return PageTableEntry{table.start().value() | flags.without(EntryFlag::large_page).bits()};
    }

    // Maps memory. The flags are taken as they are, but for large_page, which is the size's affair.
    template <PageSize Size>
    static constexpr PageTableEntry to_frame(Frame<Size> frame, EntryFlags flags) {
        return to_memory(frame.start(), level_of(Size), flags);
    }

    // The same for a size that is known only at run time: `start` is a multiple of what an entry at
    // this level covers. For the large sizes, the bit that says so is set here.
    static constexpr PageTableEntry to_memory(PhysicalAddress start, Level level,
                                              EntryFlags flags) {
        const EntryFlags size = level == Level::level_1 ? EntryFlags{} : EntryFlag::large_page;
        return PageTableEntry{start.value() | (flags.without(EntryFlag::large_page) | size).bits()};
    }

    constexpr bool is_present() const { return flags().has(EntryFlag::present); }

    // Whether it maps memory, standing in a table of this level. To be asked of a present entry.
    constexpr bool is_leaf(Level level) const {
        return level == Level::level_1 ||
               (level != Level::level_4 && flags().has(EntryFlag::large_page));
    }

    // Where the memory that it maps begins, or the table that it points to: to be asked of a
    // present entry in a table of this level.
    constexpr PhysicalAddress address(Level level) const {
        const std::uint64_t whole = Bits<51, 12>::mask & word_;
        return PhysicalAddress::truncated(is_leaf(level) ? whole & ~(bytes_per_entry(level) - 1)
                                                         : whole);
    }

    // In level 1, large_page among them means PAT.
    constexpr EntryFlags flags() const { return EntryFlags::of_entry(word_); }

    // The same entry with more flags.
    constexpr PageTableEntry with(EntryFlags more) const {
        return PageTableEntry{word_ | more.bits()};
    }

    // Of an entry that points to a table: how many entries of that table are in use, from 1 to 512.
    // 0 if nobody counts them.
    constexpr unsigned used_entries() const {
        return static_cast<unsigned>(UsedEntries::get(word_));
    }
    constexpr PageTableEntry with_used_entries(unsigned count) const {
        return PageTableEntry{(word_ & ~UsedEntries::mask) | UsedEntries::place(count)};
    }
    // With so many more; the sum must be from 1 to 512 again.
    constexpr PageTableEntry with_more_used_entries(int count) const {
        return PageTableEntry{word_ + static_cast<std::uint64_t>(count) * UsedEntries::place(1)};
    }

    // As it stands in memory.
    constexpr std::uint64_t bits() const { return word_; }
    static constexpr PageTableEntry of_bits(std::uint64_t bits) { return PageTableEntry{bits}; }

    friend constexpr bool operator==(PageTableEntry, PageTableEntry) = default;

private:
    using UsedEntries = Bits<61, 52>; // up to 512 takes ten bits

    constexpr explicit PageTableEntry(std::uint64_t word) : word_{word} {}

    std::uint64_t word_ = 0;
};

static_assert(sizeof(PageTableEntry) == 8);

} // namespace kernel
