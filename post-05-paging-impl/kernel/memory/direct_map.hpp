// All of the machine's memory, seen through a window of virtual memory: physical address 0 lies at
// the window's start, and everything else at its distance from there.
//
// The boot code's identity map is such a window too, of one GiB, that starts at 0.
//
// The kernel's own code and constants are seen here as well, and can be written: what W^X and guard
// pages forbid, they forbid at the addresses that the kernel runs at.
#pragma once

#include "memory/frame_memory.hpp"
#include "memory/page_table.hpp"

#include <cstdint>

namespace kernel {

// Where the kernel puts it: the upper half of the address space begins here, and is empty.
inline constexpr VirtualAddress direct_map_start =
    VirtualAddress::sign_extended(0xFFFF'8000'0000'0000);

class DirectMap {
public:
    constexpr explicit DirectMap(VirtualAddress start) : start_{start} {}

    // Where the byte at a physical address below 2^47 is seen.
    constexpr VirtualAddress address_of(PhysicalAddress address) const {
        return VirtualAddress::sign_extended(start_.value() + address.value());
    }

    // The sum is canonical as it is, since memory lies below 2^47; and this is on the way of every
    // page walk.
    PageTable& table_in(Frame<> frame) const {
        return *reinterpret_cast<PageTable*>(start_.value() + frame.start().value());
    }
    std::uint64_t* words_in(Frame<> frame) const {
        return reinterpret_cast<std::uint64_t*>(start_.value() + frame.start().value());
    }

private:
    VirtualAddress start_;
};

inline constexpr DirectMap identity_map{VirtualAddress{}};
inline constexpr std::uint64_t identity_map_size = 1 << 30; // bytes: boot/page_tables.asm maps them
inline constexpr DirectMap direct_map{direct_map_start};

static_assert(FrameAccess<DirectMap> && FrameMemory<DirectMap>);

} // namespace kernel
