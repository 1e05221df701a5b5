// The kernel's frame allocator.
#pragma once

#include "memory/frame_allocator.hpp"
#include "memory/frame_set.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>

namespace kernel {

// Makes the bytes of a frame accessible: returns a pointer to the first of its 512 words.
template <typename T>
concept FrameMemory = requires(const T& memory, Frame<> frame) {
    { memory.words_in(frame) } -> std::same_as<std::uint64_t*>;
};

// Hands out the frames that came back, the last first; if there are none, the next one that was
// never handed out, in ascending order. The time for either does not depend on how many frames
// there are.
//
//     usable_   |=============|    |==================|    |=======|
//                                          |next_     |end_of_run_
//               all handed out at least once : never handed out
//
// The frames that came back form a list. Its links are kept in the frames themselves:
//
//     first_free_ --> | address of the next | mark | ... |
//                                |
//                                '--> | no_frame | mark | ... |
//
// The mark tells a free frame from one in use: it is a word that depends on the frame's address. A
// frame in use is mistaken for a free one only if it holds exactly these 64 bits in this place.
// Addresses and page table entries never do: see `marks`. The mark does not show whether a frame
// was written to after it was freed; that breaks the list.
template <FrameMemory Memory>
class RegionFrameAllocator {
public:
    // `memory` must reach every frame that is handed out.
    RegionFrameAllocator(const FrameSet& usable, Memory memory)
        : usable_{usable}, total_{usable.frame_count()}, memory_{memory} {}

    // Can be moved, but not copied: a copy would hand out the same frames once more.
    RegionFrameAllocator(RegionFrameAllocator&&) noexcept = default;
    RegionFrameAllocator& operator=(RegionFrameAllocator&&) noexcept = default;

    // From now on reaches the frames through `memory` and hands out those of `usable`, which must
    // contain all the old ones; new ones must lie above the last of these.
    void extend_to(Memory memory, const FrameSet& usable) {
        memory_ = memory;
        usable_ = usable;
        total_ = usable.frame_count();
    }

    [[nodiscard]] std::optional<Frame<>> allocate() {
        std::uint64_t address = first_free_;
        if (address == no_frame) {
            if (next_ == end_of_run_ && !enter_next_run()) {
                return std::nullopt;
            }
            address = next_;
            next_ += size_in_bytes(PageSize::kib4);
        } else {
            first_free_ = memory_.words_in(frame_at(address))[link];
        }
        // Even a frame that was never handed out may have a mark, from before the machine was
        // reset.
        memory_.words_in(frame_at(address))[mark] = 0;
        ++used_;
        return frame_at(address);
    }

    // Takes back a frame from `allocate`. The caller must not touch it again. On an error nothing
    // has changed.
    [[nodiscard]] std::expected<void, FreeError> free(Frame<> frame) {
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

    // Frames that can be handed out, and frames that are handed out.
    constexpr std::uint64_t free_count() const { return total_ - used_; }
    constexpr std::uint64_t used_count() const { return used_; }

private:
    // The words of a free frame.
    static constexpr std::size_t link = 0;
    static constexpr std::size_t mark = 1;

    // Ends the list: no frame begins there. Like links and marks it has bit 0 clear, so that a page
    // table that was just freed still looks empty to the CPU until the flush.
    static constexpr std::uint64_t no_frame = ~std::uint64_t{1};

    // Bits 63 to 52 are not all equal and do not change when an address is mixed in, so no mark is
    // a canonical address. Bit 0 is clear, so no mark is a present page table entry.
    static constexpr std::uint64_t marks = 0x9D5C'3B1E'72A6'4F08;

    static constexpr std::uint64_t mark_of(Frame<> frame) { return marks ^ frame.start().value(); }

    static constexpr Frame<> frame_at(std::uint64_t address) {
        return Frame<>::containing(PhysicalAddress::truncated(address));
    }

    // Returns false if there is none.
    bool enter_next_run() {
        const PhysicalRange run = usable_.run_from(next_);
        if (run.is_empty()) {
            return false;
        }
        next_ = run.start;
        end_of_run_ = run.end;
        return true;
    }

    std::uint64_t first_free_ = no_frame;

    // All usable frames below `next_` were handed out at least once, none from there on.
    std::uint64_t next_ = 0;
    std::uint64_t end_of_run_ = 0; // of the run that `next_` is in
    std::uint64_t used_ = 0;

    FrameSet usable_;
    std::uint64_t total_;
    [[no_unique_address]] Memory memory_;
};

} // namespace kernel
