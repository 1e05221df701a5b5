// Takes over the machine's memory from the boot loader and the boot code: finds the free frames,
// and makes page tables that show all memory.
#pragma once

#include "memory/boot_information.hpp"
#include "memory/direct_map.hpp"
#include "memory/mapper.hpp"
#include "memory/region_frame_allocator.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

namespace kernel {

struct MachineMemory {
    RegionFrameAllocator<DirectMap> frames;
    Mapper<DirectMap> mapper;
    std::uint64_t bytes;           // of memory that the direct map shows
    std::uint64_t direct_map_cost; // frames for its page tables
    bool complete; // false: the memory map has too many pieces, and some are not used
};

enum class MachineMemoryError : std::uint8_t {
    kernel_not_in_memory, // the memory map is missing or wrong
    no_frames,            // the page tables need more frames than the first GiB has
};

constexpr std::string_view describe(MachineMemoryError error) {
    constexpr std::array<std::string_view, 2> words{
        "the memory map shows no memory where the kernel lies",
        "there is too little memory for the page tables",
    };
    return words[static_cast<std::size_t>(error)];
}

// Must be called once, while the boot code's identity map is in use. Afterwards `direct_map` shows
// all memory, and only the kernel and the screen are still mapped at their own addresses; the boot
// information is not.
std::expected<MachineMemory, MachineMemoryError>
take_over_memory(const BootInformation& information);

} // namespace kernel
