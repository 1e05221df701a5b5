// A set of frames, kept as a short list of ranges.
//
// There is no heap yet that a longer list could grow on. A PC's memory map has a dozen entries.
#pragma once

#include "memory/page.hpp"
#include "memory/physical_range.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

// The ranges are in ascending order, begin and end where frames do, and lie apart: between two of
// them at least one frame is missing.
class FrameRanges {
public:
    static constexpr std::size_t capacity = 64;

    // Adds the frames that lie in the range as a whole: half a frame is of no use. Two halves do
    // not make one either if they come from two calls.
    //
    // False if there were more than `capacity` ranges: then the smallest has been left out.
    [[nodiscard]] constexpr bool add(PhysicalRange range) {
        PhysicalRange added = whole_frames_in(range);
        if (added.is_empty()) {
            return true;
        }
        for (const PhysicalRange& each : *this) {
            if (each.start <= added.end && added.start <= each.end) {
                added = hull(added, each);
            }
        }
        return replace(added, added);
    }

    // Removes every frame that the range touches, even with a single byte.
    //
    // False if a range fell into two and there were more than `capacity`: then the smallest has
    // been left out.
    [[nodiscard]] constexpr bool remove(PhysicalRange range) {
        const PhysicalRange removed = frames_touched_by(range);
        return removed.is_empty() || replace(removed, {});
    }

    constexpr bool contains(Frame<> frame) const {
        const std::uint64_t start = frame.start().value();
        for (const PhysicalRange& each : *this) {
            if (each.start <= start && start < each.end) {
                return true;
            }
        }
        return false;
    }

    // How many frames they are together.
    constexpr std::uint64_t frames() const {
        std::uint64_t sum = 0;
        for (const PhysicalRange& each : *this) {
            sum += each.size() / frame_size;
        }
        return sum;
    }

    constexpr const PhysicalRange* begin() const { return ranges_.data(); }
    constexpr const PhysicalRange* end() const { return ranges_.data() + count_; }

private:
    static constexpr std::uint64_t frame_size = size_in_bytes(PageSize::kib4);

    // No physical address has more than 52 bits: what a range claims beyond is cut off.
    // [Intel SDM vol. 3A, "Enumeration of Paging Features by CPUID"]
    static constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;

    static constexpr PhysicalRange whole_frames_in(PhysicalRange range) {
        const PhysicalRange real = range.below(end_of_memory);
        return real.is_empty() ? PhysicalRange{}
                               : PhysicalRange{rounded_up(real.start), rounded_down(real.end)};
    }

    static constexpr PhysicalRange frames_touched_by(PhysicalRange range) {
        const PhysicalRange real = range.below(end_of_memory);
        return real.is_empty() ? PhysicalRange{}
                               : PhysicalRange{rounded_down(real.start), rounded_up(real.end)};
    }

    static constexpr std::uint64_t rounded_down(std::uint64_t address) {
        return address - address % frame_size;
    }
    static constexpr std::uint64_t rounded_up(std::uint64_t address) {
        return rounded_down(address + frame_size - 1);
    }

    // From the lower of the two starts to the higher of the two ends.
    static constexpr PhysicalRange hull(PhysicalRange a, PhysicalRange b) {
        return {a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
    }

    // Whatever lies in `gone` makes room for `by`, which lies there too.
    constexpr bool replace(PhysicalRange gone, PhysicalRange by) {
        FrameRanges result;
        for (const PhysicalRange& each : *this) {
            result.append(each.below(gone.start));
        }
        result.append(by);
        for (const PhysicalRange& each : *this) {
            result.append(each.from(gone.end));
        }
        const bool fits = result.count_ <= capacity;
        if (!fits) {
            result.drop_smallest();
        }
        *this = result;
        return fits;
    }

    // Puts a range that lies behind all others at the end; an empty one is left out.
    constexpr void append(PhysicalRange range) {
        if (!range.is_empty()) {
            ranges_[count_++] = range;
        }
    }

    constexpr void drop_smallest() {
        std::size_t smallest = 0;
        for (std::size_t i = 1; i < count_; ++i) {
            if (ranges_[i].size() < ranges_[smallest].size()) {
                smallest = i;
            }
        }
        --count_;
        for (std::size_t i = smallest; i < count_; ++i) {
            ranges_[i] = ranges_[i + 1];
        }
    }

    // One more than there may be: a single change adds at most one, and then one is dropped.
    std::array<PhysicalRange, capacity + 1> ranges_{};
    std::size_t count_ = 0;
};

} // namespace kernel
