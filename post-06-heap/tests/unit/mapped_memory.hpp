// Address spaces to map into, and short names for pages and frames.
#pragma once

#include "memory/mapper.hpp"
#include "recording_tlb.hpp"
#include "table_memory.hpp"

#include <utility>

constexpr kernel::VirtualAddress at(std::uint64_t address) {
    return kernel::VirtualAddress::sign_extended(address);
}
constexpr kernel::PhysicalAddress memory_at(std::uint64_t address) {
    return kernel::PhysicalAddress::truncated(address);
}
template <kernel::PageSize Size = kernel::PageSize::kib4>
constexpr kernel::Page<Size> page(std::uint64_t address) {
    return kernel::Page<Size>::containing(at(address));
}
template <kernel::PageSize Size = kernel::PageSize::kib4>
constexpr kernel::Frame<Size> frame(std::uint64_t address) {
    return kernel::Frame<Size>::containing(memory_at(address));
}

// Flushes a new TLB and returns it.
inline RecordingTlb flushed(kernel::PendingFlush&& pending) {
    RecordingTlb tlb;
    std::move(pending).flush(tlb);
    return tlb;
}

// An empty address space, with a mapper and frames for its tables.
struct AddressSpace {
    TableMemory memory{};
    kernel::Frame<> level_4 = memory.add_table();
    kernel::Mapper<FakeAccess> mapper{level_4, FakeAccess{&memory}};
    FakeFrames frames{memory};

    AddressSpace() = default;
    AddressSpace(const AddressSpace&) = delete; // the mapper points into it
    AddressSpace& operator=(const AddressSpace&) = delete;

    Survey survey() const { return ::survey(memory, level_4); }

    template <kernel::PageSize Size>
    bool map(kernel::Page<Size> page, kernel::Frame<Size> frame, kernel::EntryFlags flags = {}) {
        return mapper.map(page, frame, flags, frames).has_value();
    }
    template <kernel::PageSize Size>
    bool unmap(kernel::Page<Size> page) {
        auto unmapped = mapper.unmap(page, frames);
        if (unmapped) {
            std::move(unmapped->flush).ignore();
        }
        return unmapped.has_value();
    }

    // Returns the table for the address at this level.
    kernel::PageTableEntry& entry(std::uint64_t address, kernel::Level level) {
        kernel::Frame<> table = level_4;
        for (kernel::Level up = kernel::Level::level_4; up != level; up = kernel::level_below(up)) {
            table =
                kernel::Frame<>::containing(memory.table(table)[at(address).index(up)].address(up));
        }
        return memory.table(table)[at(address).index(level)];
    }

    // Adds a table as the boot code does: its frame does not come from the allocator.
    kernel::Frame<> add_boot_table(std::uint64_t address, kernel::Level level,
                                   kernel::EntryFlags flags) {
        const kernel::Frame<> table = memory.add_table();
        entry(address, kernel::level_above(level)) =
            kernel::PageTableEntry::to_table(table, kernel::EntryFlag::present | flags);
        return table;
    }
};
