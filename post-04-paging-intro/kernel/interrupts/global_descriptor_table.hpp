// The table of segments. All that 64-bit mode still needs of it: the code segment that says that
// the code is 64-bit, a data segment for SS, and the way to the task state segment.
// [Intel SDM vol. 3A, "Segment Descriptor Tables"]
#pragma once

#include "cpu/segment_selector.hpp"
#include "interrupts/segment_descriptor.hpp"
#include "interrupts/task_state_segment.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

// Built during compilation, entry by entry; each addition gives the selector of what it added, and
// one too many does not compile. Only the task state segment's address has to wait for run time.
class GlobalDescriptorTable {
public:
    using Words = std::array<std::uint64_t, 5>; // the null descriptor is the first

    consteval SegmentSelector add(SegmentDescriptor descriptor) {
        const std::size_t index = take(1);
        words_[index] = descriptor.bits();
        return selector_of(index);
    }

    // Makes room for a task state segment.
    consteval SegmentSelector add_task_state_segment() { return selector_of(take(2)); }

    // `selector` is what add_task_state_segment gave.
    void set(SegmentSelector selector, const TaskStateSegment& segment) {
        const TaskStateSegmentDescriptor descriptor{reinterpret_cast<std::uint64_t>(&segment),
                                                    sizeof(TaskStateSegment) - 1};
        const std::size_t index = static_cast<std::size_t>(selector) / sizeof(std::uint64_t);
        words_[index] = descriptor.low();
        words_[index + 1] = descriptor.high();
    }

    // What LGDT is to point at.
    constexpr const Words& words() const { return words_; }

private:
    // Not constexpr, so that a call of it during compilation is an error.
    static void table_is_full();

    consteval std::size_t take(std::size_t entries) {
        if (used_ + entries > words_.size()) {
            table_is_full();
        }
        used_ += entries;
        return used_ - entries;
    }

    static consteval SegmentSelector selector_of(std::size_t index) {
        return static_cast<SegmentSelector>(index * sizeof(std::uint64_t));
    }

    Words words_{};
    std::size_t used_ = 1;
};

} // namespace kernel
