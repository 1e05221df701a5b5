// What memory the machine has, and what of it is free, by the boot loader's account.
#pragma once

#include "boot/boot_information.hpp"
#include "memory/frame_ranges.hpp"

#include <optional>

namespace kernel {

struct MemorySurvey {
    FrameRanges all;  // that may be read and written, whoever uses it
    FrameRanges free; // of these, what nobody uses yet
};

// Neither the order of the map's regions matters nor whether they overlap: a frame that anything
// but memory touches is not memory. What the loader has filled it still calls available: the
// kernel's image, the boot information, the modules. Never free is the first MiB, which belongs to
// firmware and old devices, whatever the map says. [Multiboot2 Specification, "Memory map"]
//
// Nothing if a list would have more than FrameRanges::capacity ranges, even on the way.
inline std::optional<MemorySurvey> survey_memory(const BootInformation& information,
                                                 PhysicalRange kernel_image) {
    FrameRanges ranges;
    bool fits = true;
    for (const MemoryRegion region : information.memory_map()) {
        if (region.type == MemoryType::available) {
            fits = fits && ranges.add({region.start, region.end()});
        }
    }
    for (const MemoryRegion region : information.memory_map()) {
        if (region.type != MemoryType::available) {
            fits = fits && ranges.remove({region.start, region.end()});
        }
    }
    MemorySurvey survey{.all = ranges, .free = ranges};
    fits = fits && survey.free.remove({0, 1 << 20}) && survey.free.remove(kernel_image) &&
           survey.free.remove(PhysicalRange::of_size(information.address(), information.size()));
    for (const Module module : information.modules()) {
        fits = fits && survey.free.remove({module.start, module.end});
    }
    return fits ? std::optional{survey} : std::nullopt;
}

} // namespace kernel
