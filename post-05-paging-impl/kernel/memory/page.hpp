// Page: a piece of virtual memory that one entry of a page table maps. Frame: the piece of physical
// memory behind it. Both are as large as the type says, and begin at a multiple of that.
#pragma once

#include "memory/page_size.hpp"
#include "memory/physical_address.hpp"
#include "memory/virtual_address.hpp"

#include <compare>
#include <cstdint>
#include <optional>

namespace kernel {

template <PageSize Size = PageSize::kib4>
class Page {
public:
    static constexpr PageSize size = Size;

    // Nothing if no page begins there.
    static constexpr std::optional<Page> starting_at(VirtualAddress start) {
        return start.offset(level_of(Size)) == 0 ? std::optional{Page{start}} : std::nullopt;
    }

    // The page that the address lies in.
    static constexpr Page containing(VirtualAddress address) {
        const std::uint64_t start = address.value() - address.offset(level_of(Size));
        return Page{VirtualAddress::sign_extended(start)};
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

    // Nothing if no frame begins there.
    static constexpr std::optional<Frame> starting_at(PhysicalAddress start) {
        return start.value() % bytes(Size) == 0 ? std::optional{Frame{start}} : std::nullopt;
    }

    // The frame that the address lies in.
    static constexpr Frame containing(PhysicalAddress address) {
        return Frame{PhysicalAddress::truncated(address.value() & ~(bytes(Size) - 1))};
    }

    constexpr PhysicalAddress start() const { return start_; }

    friend constexpr auto operator<=>(Frame, Frame) = default;

private:
    constexpr explicit Frame(PhysicalAddress start) : start_{start} {}

    PhysicalAddress start_;
};

} // namespace kernel
