// The kernel's frame allocator.
#pragma once

#include "memory/frame_allocator.hpp"
#include "memory/frame_memory.hpp"
#include "memory/frame_ranges.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>

namespace kernel {

// Hands out the frames that came back, the last first; if there are none, the next one that it has
// never handed out, in ascending order. Neither takes longer the more frames there are, nor does
// taking one back.
//
//     usable_   |=============|    |==================|    |=======|
//                                          |next_     |end_of_range_
//                handed out, all at least once : none of them ever
//
// The frames that came back form a list, which is kept in the frames themselves: nobody else has a
// use for them.
//
//     first_free_ --> | address of the next | mark | ... |
//                                |
//                                '--> | no_frame | mark | ... |
//
// By its mark, a word that depends on its address, a free frame is told from one in use. One in use
// is taken for free only if it holds exactly these 64 bits in this very place, and what is written
// into frames most, addresses and page table entries, never looks like them: see `marks`. What a
// mark does not show is that somebody has gone on writing into a frame after freeing it: then the
// list is spoilt.
template <FrameMemory Memory>
class RegionFrameAllocator {
public:
    // `memory` must reach every frame that is handed out.
    constexpr RegionFrameAllocator(const FrameRanges& usable, Memory memory)
        : usable_{usable}, total_{usable.frames()}, memory_{memory} {}

    // It can be moved, but not copied: a copy would hand out the same frames once more. What was
    // moved from would too.
    RegionFrameAllocator(RegionFrameAllocator&&) noexcept = default;
    RegionFrameAllocator& operator=(RegionFrameAllocator&&) noexcept = default;

    // From now on the frames are reached through this model, and more of them than before:
    // `usable` has all the old ones and, above their last, new ones.
    constexpr void use(Memory memory, const FrameRanges& usable) {
        memory_ = memory;
        usable_ = usable;
        total_ = usable.frames();
        if (next_range_ != 0) { // this one may have been cut short
            end_of_range_ = usable_.begin()[next_range_ - 1].end;
        }
    }

    [[nodiscard]] constexpr std::optional<Frame<>> allocate() {
        std::optional<Frame<>> result;
        const bool one_came_back = first_free_ != no_frame;
        if (one_came_back || next_ != end_of_range_ || enter_next_range()) [[likely]] {
            const Frame<> frame = frame_at(one_came_back ? first_free_ : next_);
            std::uint64_t* const words = memory_.words_in(frame);
            if (one_came_back) {
                first_free_ = words[link];
            } else {
                next_ += size_in_bytes(PageSize::kib4);
            }
            // The mark goes: the frame may have come back once, and even in one that is new there
            // may be a mark from before the machine was reset.
            words[mark] = 0;
            ++used_;
            result.emplace(frame);
        }
        return result;
    }

    // Takes back a frame that `allocate` has given; whoever had it must not touch it again. If
    // there is an error, nothing has changed.
    [[nodiscard]] constexpr std::expected<void, FreeError> free(Frame<> frame) {
        const std::uint64_t address = frame.start().value();
        if (address >= next_ || !usable_.contains(frame)) {
            return std::unexpected{FreeError::not_allocated};
        }
        std::uint64_t* const words = memory_.words_in(frame);
        if (words[mark] == mark_of(frame)) {
            return std::unexpected{FreeError::already_free};
        }
        words[link] = first_free_;
        words[mark] = mark_of(frame);
        first_free_ = address;
        --used_;
        return {};
    }

    // Whether handed out once and back, or never yet.
    constexpr std::uint64_t free_count() const { return total_ - used_; }
    constexpr std::uint64_t used_count() const { return used_; }

private:
    // The words of a free frame.
    static constexpr std::size_t link = 0;
    static constexpr std::size_t mark = 1;

    // Ends the list: no frame begins there. Like a link and a mark it has bit 0 clear: a page table
    // that has just been freed, and that the CPU may look at until it is flushed, stays empty.
    static constexpr std::uint64_t no_frame = ~std::uint64_t{1};

    // Its bits 63 to 52 are not all alike and stay as they are when an address is mixed in, so no
    // mark is a canonical address; bit 0 is clear, so none is a page table entry that is present.
    static constexpr std::uint64_t marks = 0x9D5C'3B1E'72A6'4F08;

    static constexpr std::uint64_t mark_of(Frame<> frame) { return marks ^ frame.start().value(); }

    static constexpr Frame<> frame_at(std::uint64_t address) {
        return Frame<>::containing(PhysicalAddress::truncated(address));
    }

    // False if there is no further one.
    constexpr bool enter_next_range() {
        const PhysicalRange* const range = usable_.begin() + next_range_;
        if (range == usable_.end()) {
            return false;
        }
        next_ = range->start;
        end_of_range_ = range->end;
        ++next_range_;
        return true;
    }

    std::uint64_t first_free_ = no_frame;

    // All usable frames below `next_` have been handed out, none from there on.
    std::uint64_t next_ = 0;
    std::uint64_t end_of_range_ = 0; // of the range that `next_` is in
    std::uint64_t used_ = 0;

    FrameRanges usable_;
    std::size_t next_range_ = 0; // that has not been entered
    std::uint64_t total_;
    [[no_unique_address]] Memory memory_;
};

} // namespace kernel
