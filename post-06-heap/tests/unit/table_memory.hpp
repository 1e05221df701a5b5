// Physical memory that contains only page tables, and an allocator of frames for more tables.
#pragma once

#include "memory/frame_allocator.hpp"
#include "memory/page_table.hpp"
#include "memory/translate.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

// A mapped page, as the tables describe it.
struct MappedPage {
    std::uint64_t to;
    kernel::PageSize size;
    kernel::EntryFlags flags;

    friend bool operator==(const MappedPage&, const MappedPage&) = default;
};

using Contents = std::map<std::uint64_t, MappedPage>; // by virtual address

class TableMemory {
public:
    static constexpr std::uint64_t garbage = 0xBAD0'BAD0'BAD0'BAD1; // an entry that is present

    // Adds a frame with an empty table, as the boot code would.
    kernel::Frame<> add_table() { return add_frame(0); }

    kernel::Frame<> add_frame(std::uint64_t filling) {
        const std::uint64_t address = next_;
        next_ += 4096;
        auto table = std::make_unique<kernel::PageTable>();
        table->entries.fill(kernel::PageTableEntry::of_bits(filling));
        tables_[address] = std::move(table);
        return kernel::Frame<>::containing(kernel::PhysicalAddress::truncated(address));
    }
    void remove(kernel::Frame<> frame) { tables_.erase(frame.start().value()); }

    bool has(kernel::Frame<> frame) const { return tables_.contains(frame.start().value()); }

    kernel::PageTable& table(kernel::Frame<> frame) const {
        on_access();
        return *tables_.at(frame.start().value()); // throws if nothing is there
    }

    // Every byte of all tables.
    std::map<std::uint64_t, std::array<kernel::PageTableEntry, 512>> snapshot() const {
        std::map<std::uint64_t, std::array<kernel::PageTableEntry, 512>> all;
        for (const auto& [address, table] : tables_) {
            all[address] = table->entries;
        }
        return all;
    }

    std::function<void()> on_access = [] {};

private:
    std::map<std::uint64_t, std::unique_ptr<kernel::PageTable>> tables_{};
    std::uint64_t next_ = 0x0007'0000'0000'0000; // high up, so that lost address bits show
};

struct FakeAccess {
    const TableMemory* memory;

    kernel::PageTable& table_in(kernel::Frame<> frame) const { return memory->table(frame); }
};

static_assert(kernel::FrameAccess<FakeAccess>);

// Hands out frames full of garbage until the budget is used up.
class FakeFrames {
public:
    explicit FakeFrames(TableMemory& memory, std::uint64_t budget = ~std::uint64_t{0})
        : memory_{&memory}, left{budget} {}

    std::optional<kernel::Frame<>> allocate() {
        if (left == 0) {
            return std::nullopt;
        }
        --left;
        ++allocations;
        return *in_use.insert(memory_->add_frame(TableMemory::garbage)).first;
    }
    // A freed frame can no longer be read.
    std::expected<void, kernel::FreeError> free(kernel::Frame<> frame) {
        if (in_use.erase(frame) == 0) {
            ++refused;
            return std::unexpected{kernel::FreeError::not_allocated};
        }
        memory_->remove(frame);
        ++left;
        return {};
    }
    std::uint64_t free_count() const { return left; }

private:
    TableMemory* memory_;

public:
    std::uint64_t left;
    std::uint64_t allocations = 0;
    std::uint64_t refused = 0; // frames that were freed but not in use
    std::set<kernel::Frame<>> in_use{};
};

static_assert(kernel::FrameAllocator<FakeFrames>);

// The result of a walk over all tables.
struct Survey {
    Contents pages{};
    std::set<kernel::Frame<>> tables{}; // without the level-4 table
    bool garbage = false;
};

inline void survey(const TableMemory& memory, const kernel::PageTable& table, kernel::Level level,
                   std::uint64_t start, Survey& found) {
    using namespace kernel;
    for (std::uint64_t index = 0; index < PageTable::size; ++index) {
        const PageTableEntry entry = table[index];
        const std::uint64_t here = start + index * size_in_bytes(level);
        found.garbage |= entry.bits() == TableMemory::garbage;
        if (!entry.is_present() || entry.bits() == TableMemory::garbage) {
            continue;
        }
        if (entry.is_leaf(level)) {
            found.pages[VirtualAddress::sign_extended(here).value()] = {
                entry.address(level).value(), level, entry.flags()};
            continue;
        }
        const Frame<> below_it = Frame<>::containing(entry.address(level));
        const PageTable& next = memory.table(below_it);
        found.tables.insert(below_it);
        survey(memory, next, level_below(level), here, found);
    }
}

inline Survey survey(const TableMemory& memory, kernel::Frame<> level_4_table) {
    Survey found;
    survey(memory, memory.table(level_4_table), kernel::Level::level_4, 0, found);
    return found;
}
