// The frames of a set as a list of ranges.
#pragma once

#include "memory/frame_set.hpp"

#include <ios>
#include <ostream>
#include <vector>

namespace kernel {

inline void PrintTo(const PhysicalRange& range, std::ostream* out) {
    *out << std::hex << range.start << '-' << range.end << std::dec;
}

} // namespace kernel

using Ranges = std::vector<kernel::PhysicalRange>;

// Merges neighbouring runs.
inline Ranges runs_of(const kernel::FrameSet& frames) {
    Ranges runs;
    for (auto run = frames.run_from(0); !run.is_empty(); run = frames.run_from(run.end)) {
        if (!runs.empty() && runs.back().end == run.start) {
            runs.back().end = run.end;
        } else {
            runs.push_back(run);
        }
    }
    return runs;
}
