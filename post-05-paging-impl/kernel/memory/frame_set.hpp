// A set of frames, made from ranges of memory that are added and ranges that are left out.
#pragma once

#include "memory/page.hpp"
#include "memory/physical_range.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kernel {

// Ranges may come in any order and may overlap: a frame that was left out is not in the set, no
// matter whether its memory was added before or after.
//
// The ranges are kept in an array, because there is no heap yet. A PC's memory map has a dozen or
// two.
class FrameSet {
public:
    static constexpr std::size_t capacity = 64;

    // Adds the frames that lie completely in the range. (Two halves of a frame in two ranges do not
    // make a frame.)
    void add(PhysicalRange range);

    // Leaves out every frame that the range touches, even with a single byte.
    void leave_out(PhysicalRange range);

    // False if there were more than `capacity` ranges. Then the smallest pieces of memory are
    // missing from the set, but nothing is in it that was left out.
    bool is_complete() const { return complete_; }

    // The first run of adjacent frames at or above `address`, a multiple of 4 KiB. If `address`
    // lies inside a run, the rest of it. An empty range if there are no more frames.
    PhysicalRange run_from(std::uint64_t address) const;

    bool contains(Frame<> frame) const;

    // The number of frames in the set.
    std::uint64_t frame_count() const;

private:
    struct Part {
        PhysicalRange range; // of whole frames
        bool is_memory;      // false: left out
    };

    void insert(Part part);
    std::span<const Part> parts() const { return {parts_.data(), count_}; }

    std::array<Part, capacity> parts_{};
    std::size_t count_ = 0;
    bool complete_ = true;
};

} // namespace kernel
