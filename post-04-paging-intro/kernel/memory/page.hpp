// A page is a piece of virtual memory that one entry of a page table maps, and a frame is the piece
// of physical memory behind it. Both have the size that is part of their type, and begin at a
// multiple of it.
#pragma once

#include "memory/level.hpp"
#include "memory/physical_address.hpp"
#include "memory/virtual_address.hpp"

#include <compare>
#include <cstdint>

namespace kernel {

template <PageSize Size = PageSize::kib4>
class Page {
public:
    static constexpr PageSize size = Size;

    // The page that the address lies in.
    static constexpr Page containing(VirtualAddress address) {
        return Page{VirtualAddress::sign_extended(address.value() - address.offset(Size))};
    }

    constexpr VirtualAddress start() const { return start_; }

    friend constexpr auto operator<=>(Page, Page) = default;

private:
    constexpr explicit Page(VirtualAddress start) : start_{start} {}

    VirtualAddress start_;
};

template <PageSize Size = PageSize::kib4>
class Frame {
public:
    static constexpr PageSize size = Size;

    // The frame that the address lies in.
    static constexpr Frame containing(PhysicalAddress address) {
        return Frame{PhysicalAddress::truncated(address.value() & ~(size_in_bytes(Size) - 1))};
    }

    constexpr PhysicalAddress start() const { return start_; }

    friend constexpr auto operator<=>(Frame, Frame) = default;

private:
    constexpr explicit Frame(PhysicalAddress start) : start_{start} {}

    PhysicalAddress start_;
};

} // namespace kernel
