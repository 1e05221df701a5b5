#include "memory/frame_set.hpp"

#include <algorithm>

namespace kernel {
namespace {

constexpr std::uint64_t frame_size = size_in_bytes(PageSize::kib4);

// Physical addresses have at most 52 bits; what a range claims beyond them is cut off.
// [Intel SDM vol. 3A, "Enumeration of Paging Features by CPUID"]
constexpr std::uint64_t end_of_memory = std::uint64_t{1} << 52;

std::uint64_t rounded_down(std::uint64_t address) {
    return std::min(address, end_of_memory) / frame_size * frame_size;
}

std::uint64_t rounded_up(std::uint64_t address) {
    return rounded_down(std::min(address, end_of_memory) + frame_size - 1);
}

} // namespace

void FrameSet::add(PhysicalRange range) {
    insert({{rounded_up(range.start), rounded_down(range.end)}, true});
}

void FrameSet::leave_out(PhysicalRange range) {
    if (!range.is_empty()) {
        insert({{rounded_down(range.start), rounded_up(range.end)}, false});
    }
}

// When the array is full, a gap or a larger piece of memory replaces the smallest piece of memory.
void FrameSet::insert(Part part) {
    if (part.range.is_empty()) {
        return;
    }
    if (count_ < capacity) {
        parts_[count_++] = part;
        return;
    }
    complete_ = false;
    const auto worth = [](const Part& any) {
        return any.is_memory ? any.range.size() : ~std::uint64_t{0}; // a gap is never given up
    };
    Part& least = *std::ranges::min_element(parts_, {}, worth);
    if (worth(part) > worth(least)) {
        least = part;
    }
}

bool FrameSet::contains(Frame<> frame) const {
    bool is_memory = false;
    for (const Part& part : parts()) {
        if (part.range.contains(frame.start().value())) {
            if (!part.is_memory) {
                return false;
            }
            is_memory = true;
        }
    }
    return is_memory;
}

PhysicalRange FrameSet::run_from(std::uint64_t address) const {
    for (;;) {
        PhysicalRange run;
        for (const Part& part : parts()) {
            const std::uint64_t start = part.range.start < address ? address : part.range.start;
            if (part.is_memory && start < part.range.end && (run.is_empty() || start < run.start)) {
                run = {start, part.range.end};
            }
        }
        address = run.start;
        for (const Part& part : parts()) {
            if (!part.is_memory && part.range.contains(address)) {
                address = part.range.end; // the run begins there or further up
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

std::uint64_t FrameSet::frame_count() const {
    std::uint64_t sum = 0;
    for (PhysicalRange run = run_from(0); !run.is_empty(); run = run_from(run.end)) {
        sum += run.size() / frame_size;
    }
    return sum;
}

} // namespace kernel
