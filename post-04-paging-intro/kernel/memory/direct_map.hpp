// A window of virtual memory that shows physical memory: the byte at physical address N appears N
// bytes after the start of the window.
#pragma once

#include "memory/page_table.hpp"

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

private:
    VirtualAddress start_;
};

static_assert(FrameAccess<DirectMap>);

// The boot code's map: each address of the first GiB is mapped to itself.
inline constexpr DirectMap identity_map{VirtualAddress{}};

} // namespace kernel
