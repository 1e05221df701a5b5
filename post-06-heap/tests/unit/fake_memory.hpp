// Physical memory that holds only page tables. An access to any other frame fails the test and
// gives an empty table.
#pragma once

#include "memory/page_table.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>

class FakeMemory {
public:
    // Makes an empty table in the next unused frame from 0x100000 on.
    kernel::Frame<> add_table() {
        while (tables_.contains(next_)) {
            next_ += 4096;
        }
        return add_table_at(next_);
    }

    // Makes an empty table in the frame at this address.
    kernel::Frame<> add_table_at(std::uint64_t address) {
        const auto frame = kernel::Frame<>::containing(kernel::PhysicalAddress::truncated(address));
        EXPECT_FALSE(tables_.contains(address)) << "two tables at 0x" << std::hex << address;
        tables_.try_emplace(address, std::make_unique<kernel::PageTable>());
        return frame;
    }

    kernel::PageTable& table_in(kernel::Frame<> frame) const {
        const auto found = tables_.find(frame.start().value());
        if (found == tables_.end()) {
            ADD_FAILURE() << "no page table at 0x" << std::hex << frame.start().value();
            *no_table_ = {};
            return *no_table_;
        }
        return *found->second;
    }

    // The entry at this level that translates `address`. Makes the tables that are missing on the
    // way; the entries that point to them allow everything.
    kernel::PageTableEntry& entry_for(kernel::Frame<> level_4_table, std::uint64_t address,
                                      kernel::Level level = kernel::Level::level_1) {
        kernel::Frame<> table = level_4_table;
        for (unsigned at = 4;; --at) {
            auto& entry = table_in(table)[address >> (3 + 9 * at) & 511];
            if (at == static_cast<unsigned>(level)) {
                return entry;
            }
            if ((entry.bits() & 1) == 0) {
                entry = kernel::PageTableEntry::of_bits(add_table().start().value() | 0b111);
            }
            table = kernel::Frame<>::containing(
                kernel::PhysicalAddress::truncated(entry.bits() & 0x000F'FFFF'FFFF'F000));
        }
    }

private:
    std::uint64_t next_ = 0x10'0000;
    std::map<std::uint64_t, std::unique_ptr<kernel::PageTable>> tables_; // by physical address
    std::unique_ptr<kernel::PageTable> no_table_ = std::make_unique<kernel::PageTable>();
};

static_assert(kernel::FrameAccess<FakeMemory>);
