// A set of frames: memory, minus what is left out of it.
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
// The ranges stand in an array, because there is no heap yet. A PC's memory map has a dozen or two.
class FrameSet {
public:
    static constexpr std::size_t capacity = 64;

    // Adds the frames that lie completely in the range. (Two halves of a frame in two ranges do not
    // make a frame.)
    constexpr void add(PhysicalRange range);

    // Leaves out every frame that the range touches, even with a single byte.
    constexpr void leave_out(PhysicalRange range);

    // False if there were more than `capacity` ranges. Then the smallest pieces of memory are
    // missing from the set, but nothing is in it that was left out.
    constexpr bool is_complete() const { return complete_; }

    // The first frames in a row at or above `address`; an empty range if there are none.
    constexpr PhysicalRange run_from(std::uint64_t address) const;

    constexpr bool contains(Frame<> frame) const {
        return run_from(frame.start().value()).contains(frame.start().value());
    }

    // The number of frames in the set.
    constexpr std::uint64_t frames() const {
        std::uint64_t sum = 0;
        for (PhysicalRange run = run_from(0); !run.is_empty(); run = run_from(run.end)) {
            sum += run.size() / frame_size;
        }
        return sum;
    }

private:
    struct Part {
        PhysicalRange range; // of whole frames
        bool is_memory;      // false: left out
    };

    static constexpr std::uint64_t frame_size = size_in_bytes(PageSize::kib4);

    // Physical addresses have at most 52 bits; what a range claims beyond them is cut off.
    // [Intel SDM vol. 3A, "Enumeration of Paging Features by CPUID"]
    static constexpr std::uint64_t cut_off(std::uint64_t address) {
        constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;
        return address < end_of_memory ? address : end_of_memory;
    }

    static constexpr std::uint64_t rounded_down(std::uint64_t address) {
        return address - address % frame_size;
    }
    static constexpr std::uint64_t rounded_up(std::uint64_t address) {
        return rounded_down(address + frame_size - 1);
    }

    constexpr void insert(Part part);

    std::array<Part, capacity> parts_{};
    std::size_t count_ = 0;
    bool complete_ = true;
};

constexpr void FrameSet::add(PhysicalRange range) {
    insert({{rounded_up(cut_off(range.start)), rounded_down(cut_off(range.end))}, true});
}

constexpr void FrameSet::leave_out(PhysicalRange range) {
    if (!range.is_empty()) {
        insert({{rounded_down(cut_off(range.start)), rounded_up(cut_off(range.end))}, false});
    }
}

constexpr void FrameSet::insert(Part part) {
    if (part.range.is_empty()) {
        return;
    }
    if (count_ < capacity) {
        parts_[count_++] = part;
        return;
    }
    complete_ = false;
    Part* smallest = nullptr; // piece of memory
    for (Part& other : parts_) {
        if (other.is_memory &&
            (smallest == nullptr || other.range.size() < smallest->range.size())) {
            smallest = &other;
        }
    }
    if (smallest != nullptr && (!part.is_memory || part.range.size() > smallest->range.size())) {
        *smallest = part;
    }
}

constexpr PhysicalRange FrameSet::run_from(std::uint64_t address) const {
    const std::span parts{parts_.data(), count_};
    for (;;) {
        PhysicalRange run;
        for (const Part& part : parts) {
            const std::uint64_t start = part.range.start < address ? address : part.range.start;
            if (part.is_memory && start < part.range.end && (run.is_empty() || start < run.start)) {
                run = {start, part.range.end};
            }
        }
        address = run.start;
        for (const Part& part : parts) {
            if (!part.is_memory && part.range.contains(address)) {
                address = part.range.end; // the run begins behind this or further up
            } else if (!part.is_memory && part.range.start > run.start &&
                       part.range.start < run.end) {
                run.end = part.range.start;
            }
        }
        if (run.is_empty() || address == run.start) {
            return run;
        }
    }
}

} // namespace kernel
