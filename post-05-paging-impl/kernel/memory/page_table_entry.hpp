// One entry of a page table, at any level: a physical address, and what is allowed there.
//
//     63   62-52    51                 12 11-9    8   7   6   5   4   3   2   1   0
//      NX  ignored   address [51:12]      ignored G   PS  D   A   PCD PWT U   W   P
//
// PS is "page size" in tables of level 2 and 3: if it is set, the entry maps memory itself. In a
// table of level 1 the same bit is PAT, which selects a kind of caching and says nothing about the
// size. In an entry that maps a large page PAT is bit 12, which is not part of the address there.
//
// In a present entry these bits must be 0: bit 7 in level 4, and in level 3 if the CPU has no pages
// of 1 GiB; in the address of a large page, the bits below its size; address bits that the CPU does
// not have; bit 63 unless EFER.NXE is set. Bits 62 to 59 of an entry that maps memory are its
// protection key if CR4.PKE is set; this kernel leaves it clear.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
// [AMD APM vol. 2, "Long-Mode Page Translation"]
#pragma once

#include "cpu/bits.hpp"
#include "memory/level.hpp"
#include "memory/page.hpp"

#include <cstdint>

namespace kernel {

// The value of each enumerator is its bit in the entry.
enum class EntryFlag : std::uint64_t {
    present = 1 << 0,
    writable = 1 << 1,                   // the kernel needs it only if CR0.WP is set
    user = 1 << 2,                       // programs outside the kernel may use it
    write_through = 1 << 3,              // how the memory is cached
    cache_disable = 1 << 4,              // not cached, as the registers of devices need it
    accessed = 1 << 5,                   // set by the CPU
    dirty = 1 << 6,                      // set by the CPU if the entry maps memory
    large_page = 1 << 7,                 // in level 2 and 3; PAT in level 1
    global = 1 << 8,                     // the translation stays in the TLB when CR3 is loaded
    no_execute = std::uint64_t{1} << 63, // must be 0 unless EFER.NXE is set
};

// A set of flags: EntryFlag::present | EntryFlag::writable.
class EntryFlags {
public:
    constexpr EntryFlags() = default;
    constexpr EntryFlags(EntryFlag flag) : bits_{static_cast<std::uint64_t>(flag)} {}

    // The flags in the word of an entry.
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

    // An entry that points to the table of the next level. `large_page` among the flags is ignored.
    static constexpr PageTableEntry to_table(Frame<> table, EntryFlags flags) {
        return PageTableEntry{table.start().value() | flags.without(EntryFlag::large_page).bits()};
    }

    // An entry that maps memory. Whether it gets `large_page` depends on the size alone.
    template <PageSize Size>
    static constexpr PageTableEntry to_frame(Frame<Size> frame, EntryFlags flags) {
        return to_memory(frame.start(), Size, flags);
    }

    // The same for a size that is known only at run time. Precondition: `start` is a multiple of
    // the size.
    static constexpr PageTableEntry to_memory(PhysicalAddress start, PageSize size,
                                              EntryFlags flags) {
        const EntryFlags large = size == PageSize::kib4 ? EntryFlags{} : EntryFlag::large_page;
        return PageTableEntry{start.value() |
                              (flags.without(EntryFlag::large_page) | large).bits()};
    }

    constexpr bool is_present() const { return flags().has(EntryFlag::present); }

    // Whether the entry, in a table of this level, maps memory. Precondition: it is present.
    constexpr bool is_leaf(Level level) const {
        return level == Level::level_1 ||
               (level != Level::level_4 && flags().has(EntryFlag::large_page));
    }

    // Whether the entry, in a table of this level, leads to a further table.
    constexpr bool points_to_table(Level level) const { return is_present() && !is_leaf(level); }

    // Where the memory that the entry maps begins, or the table that it points to. Precondition: it
    // is present, in a table of this level.
    constexpr PhysicalAddress address(Level level) const {
        const std::uint64_t whole = Bits<51, 12>::mask & word_;
        return PhysicalAddress::truncated(is_leaf(level) ? whole & ~(size_in_bytes(level) - 1)
                                                         : whole);
    }

    // In level 1, `large_page` among them means PAT.
    constexpr EntryFlags flags() const { return EntryFlags::of_entry(word_); }

    // The entry as it stands in memory.
    constexpr std::uint64_t bits() const { return word_; }
    static constexpr PageTableEntry of_bits(std::uint64_t bits) { return PageTableEntry{bits}; }

    friend constexpr bool operator==(PageTableEntry, PageTableEntry) = default;

private:
    constexpr explicit PageTableEntry(std::uint64_t word) : word_{word} {}

    std::uint64_t word_ = 0;
};

static_assert(sizeof(PageTableEntry) == 8);

} // namespace kernel
