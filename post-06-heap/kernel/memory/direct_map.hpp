// A window of virtual memory that shows physical memory: the byte at physical address N appears N
// bytes after the start of the window.
#pragma once

#include "memory/page_table.hpp"
#include "memory/region_frame_allocator.hpp"

#include <cstdint>

namespace kernel {

class DirectMap {
public:
    constexpr explicit DirectMap(VirtualAddress start) : start_{start} {}

    // Where the byte at a physical address below 2^47 appears.
    constexpr VirtualAddress address_of(PhysicalAddress address) const {
        return VirtualAddress::sign_extended(start_.value() + address.value());
    }

    // Does not call address_of(), because the sum is canonical anyway: that saves a few
    // instructions for each translation.
    PageTable& table_in(Frame<> frame) const {
        return *reinterpret_cast<PageTable*>(start_.value() + frame.start().value());
    }
    std::uint64_t* words_in(Frame<> frame) const {
        return address_of(frame.start()).as<std::uint64_t>();
    }

private:
    VirtualAddress start_;
};

static_assert(FrameAccess<DirectMap> && FrameMemory<DirectMap>);

// The boot code's map: each address of the first GiB is mapped to itself.
inline constexpr DirectMap identity_map{VirtualAddress{}};
inline constexpr std::uint64_t identity_map_size = 1 << 30; // bytes

// The kernel's own map, of all memory, at the start of the upper half of the address space. The
// kernel's code and constants appear in it too, and can be written there: page tables protect an
// address, not the memory behind it.
inline constexpr VirtualAddress direct_map_start =
    VirtualAddress::sign_extended(0xFFFF'8000'0000'0000);
inline constexpr DirectMap direct_map{direct_map_start};

} // namespace kernel
