// Why pages were not mapped, or not unmapped. On every error the page tables are unchanged.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

enum class MapError : std::uint8_t {
    out_of_frames,     // for the page tables
    already_mapped,    // the page, or a smaller one inside it
    inside_large_page, // a larger page is mapped around it
    no_such_range,     // map_range() only: not a range that it takes
};

constexpr std::string_view describe(MapError error) {
    constexpr std::array<std::string_view, 4> words{
        "no frame left for a page table",
        "already mapped",
        "inside a large page",
        "no such range of pages",
    };
    return words[static_cast<std::size_t>(error)];
}

enum class UnmapError : std::uint8_t {
    not_mapped,
    other_page_size, // mapped, but as part of a larger page or as smaller ones
    no_such_range,   // unmap_range() only: not a range that it takes
};

constexpr std::string_view describe(UnmapError error) {
    constexpr std::array<std::string_view, 3> words{
        "not mapped",
        "mapped in pages of another size",
        "no such range of pages",
    };
    return words[static_cast<std::size_t>(error)];
}

} // namespace kernel
