// What the boot loader tells the kernel about the machine.
//
// The boot information is a list of tags, one after the other in memory. Each begins with its type
// and its size, so a kernel can skip the types that it does not know. Everything is checked before
// it is used: the loader passes only an address in a register.
// [Multiboot2 Specification, "Boot information format"]
#pragma once

#include "memory/frame_set.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

namespace kernel {

// The direct map has to fit into one half of the virtual address space.
inline constexpr std::uint64_t largest_memory = std::uint64_t{1} << 47; // bytes

struct BootInformation {
    // Empty if the loader did not give it. The characters stay where the loader put them, and can
    // be read until take_over_memory().
    std::string_view boot_loader_name{};

    FrameSet memory{}; // all frames below `largest_memory` that can be read and written

    // What the loader has put into memory: the boot information itself and the modules. Unused
    // elements are empty.
    std::array<PhysicalRange, 16> loaded{};
};

enum class BootInformationError : std::uint8_t {
    null_address,
    misaligned,
    out_of_reach,
    broken_tag,
    unterminated_string,
    broken_memory_map,
    broken_module,
    too_many_modules,
};

constexpr std::string_view describe(BootInformationError error) {
    constexpr std::array<std::string_view, 8> words{
        "its address is zero",
        "its address is not a multiple of 8",
        "it reaches beyond the mapped memory",
        "a tag is too short or reaches beyond the end",
        "a string does not end within its tag",
        "the memory map has an impossible size",
        "a module ends before it starts",
        "there are too many modules",
    };
    return words[static_cast<std::size_t>(error)];
}

// Reads the boot information at this physical address, which must be mapped to itself. Reads
// nothing at or beyond `reach`, the first address that is not mapped.
std::expected<BootInformation, BootInformationError> read_boot_information(std::uint64_t address,
                                                                           std::uint64_t reach);

// The frames that nothing uses: memory without what the loader has loaded, the kernel's image, and
// the first MiB, which firmware and old devices use whatever the memory map says.
FrameSet free_frames(const BootInformation& information, PhysicalRange kernel_image);

} // namespace kernel
