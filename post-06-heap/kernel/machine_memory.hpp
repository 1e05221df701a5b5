// The machine's memory, taken over from the boot loader and the boot code: which frames are free,
// and page tables that show all of it.
#pragma once

#include "boot/boot_information.hpp"
#include "memory/direct_map.hpp"
#include "memory/mapper.hpp"
#include "memory/region_frame_allocator.hpp"

#include <cstdint>
#include <expected>
#include <string_view>

namespace kernel {

struct MachineMemory {
    RegionFrameAllocator<DirectMap> frames;
    Mapper<DirectMap> mapper;
    std::uint64_t bytes;           // of memory that the direct map shows
    std::uint64_t direct_map_cost; // frames, for its page tables
    bool complete;                 // false: it is in too many pieces, and the smallest are not used
};

enum class MachineMemoryError : std::uint8_t {
    kernel_not_in_memory, // the map is missing, or wrong: the kernel lies where no memory is
    no_frames,            // no memory is left for the page tables
};

constexpr std::string_view describe(MachineMemoryError error) {
    switch (error) {
    case MachineMemoryError::kernel_not_in_memory:
        return "by the memory map there is none where the kernel lies";
    case MachineMemoryError::no_frames:
        return "there is too little memory for the page tables";
    }
    return "unknown error";
}

// To be called once, while the boot code's identity map is in use. Afterwards all
// memory is seen at `direct_map`, and at its own addresses only the kernel and the screen. The boot
// information is among what is gone there.
std::expected<MachineMemory, MachineMemoryError>
take_over_memory(const BootInformation& information);

} // namespace kernel
