// Why a page was not mapped, or not unmapped. In each case the page tables are as they were.
#pragma once

#include <cstdint>
#include <string_view>

namespace kernel {

enum class MapError : std::uint8_t {
    out_of_frames,     // for the page tables
    already_mapped,    // the page, or a smaller one inside it
    inside_large_page, // a larger page is mapped around it
    no_such_range,     // not whole pages of 4 KiB, or beyond an end of the addresses
};

enum class UnmapError : std::uint8_t {
    not_mapped,
    other_page_size, // mapped, but as part of a larger page, or as smaller ones
    no_such_range,   // not whole pages of 4 KiB, or beyond an end of the addresses
};

constexpr std::string_view describe(MapError error) {
    switch (error) {
    case MapError::out_of_frames:
        return "no frame left for a page table";
    case MapError::already_mapped:
        return "already mapped";
    case MapError::inside_large_page:
        return "inside a large page";
    case MapError::no_such_range:
        return "no such range of pages";
    }
    return "?";
}

constexpr std::string_view describe(UnmapError error) {
    switch (error) {
    case UnmapError::not_mapped:
        return "not mapped";
    case UnmapError::other_page_size:
        return "mapped in pages of another size";
    case UnmapError::no_such_range:
        return "no such range of pages";
    }
    return "?";
}

} // namespace kernel
