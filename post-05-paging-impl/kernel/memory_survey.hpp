// What memory the machine has, and what of it is free, by the boot loader's account.
#pragma once

#include "boot/boot_information.hpp"
#include "memory/frame_ranges.hpp"

namespace kernel {

// Bytes: as much as one half of the address space can show.
inline constexpr std::uint64_t largest_memory = std::uint64_t{1} << 47;

struct MemorySurvey {
    FrameRanges all;  // that may be read and written, whoever uses it, below `largest_memory`
    FrameRanges free; // of these, what nobody uses yet
    bool complete;    // false: there is more, in pieces that a list had no room for
};

// Neither the order of the map's regions matters nor whether they overlap: a frame that anything
// but memory touches is not memory. What the loader has filled it still calls available: the
// kernel's image, the boot information, the modules. Never free is the first MiB, which belongs to
// firmware and old devices, whatever the map says. [Multiboot2 Specification, "Memory map"]
//
// `information` must lie at its physical address. `kernel_image` is physical too.
//
// Where a list would have more than FrameRanges::capacity ranges, even on the way, its smallest are
// left out: some memory is not used then, and never is anything taken for memory that is none.
inline MemorySurvey survey_memory(const BootInformation& information, PhysicalRange kernel_image) {
    FrameRanges ranges;
    bool fits = true;
    for (const MemoryRegion region : information.memory_map()) {
        if (region.type == MemoryType::available) {
            fits &= ranges.add(PhysicalRange::of_size(region.start, region.length));
        }
    }
    for (const MemoryRegion region : information.memory_map()) {
        if (region.type != MemoryType::available) {
            fits &= ranges.remove(PhysicalRange::of_size(region.start, region.length));
        }
    }
    fits &= ranges.remove({largest_memory, ~std::uint64_t{0}});
    MemorySurvey survey{.all = ranges, .free = ranges, .complete = fits};
    survey.complete &= survey.free.remove({0, 1 << 20});
    survey.complete &= survey.free.remove(kernel_image);
    survey.complete &=
        survey.free.remove({information.address(), information.address() + information.size()});
    for (const Module module : information.modules()) {
        survey.complete &= survey.free.remove({module.start, module.end});
    }
    return survey;
}

} // namespace kernel
