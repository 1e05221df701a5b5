// Frames for page tables that are going to be needed.
//
// A change of the tables takes all its frames before it changes anything; after that it cannot
// fail half-way. Until they are used the frames are chained through their own first entries, so
// that there may be any number of them.
#pragma once

#include "cpu/instructions.hpp"
#include "memory/frame_allocator.hpp"
#include "memory/page_table.hpp"

#include <cstdint>
#include <optional>

namespace kernel {

template <FrameAccess Access>
class SpareTables {
public:
    explicit SpareTables(const Access& access) : access_{access} {}

    // Takes `count` frames, or none if there are not so many.
    template <FrameAllocator Frames>
    [[nodiscard]] bool reserve(std::uint64_t count, Frames& frames) {
        for (std::uint64_t taken = 0; taken < count; ++taken) {
            const std::optional<Frame<>> frame = frames.allocate();
            if (!frame) {
                give_back(frames);
                return false;
            }
            access_.table_in(*frame)[0] = first_;
            first_ = PageTableEntry::to_table(*frame, EntryFlag::present);
        }
        return true;
    }

    // One of those reserved, made an empty table.
    Frame<> take() {
        const Frame<> frame = unchain();
        store_words(&access_.table_in(frame), 0, sizeof(PageTable) / sizeof(std::uint64_t));
        return frame;
    }

private:
    template <FrameAllocator Frames>
    void give_back(Frames& frames) {
        while (first_.is_present()) {
            static_cast<void>(frames.free(unchain()));
        }
    }

    Frame<> unchain() {
        const Frame<> frame = Frame<>::containing(first_.address(Level::level_2));
        first_ = access_.table_in(frame)[0];
        return frame;
    }

    const Access& access_;
    PageTableEntry first_; // not present: none
};

} // namespace kernel
