// The memory map that the boot loader has from the firmware: which physical addresses are memory.
//
// Regions come in any order, may overlap, and leave gaps. They are copied out one at a time.
// [Multiboot2 Specification, "Memory map"]
#pragma once

#include "boot/boot_tag.hpp"
#include "boot/memory_region.hpp"

#include <iterator>

namespace kernel {

class MemoryMap {
public:
    class Iterator {
    public:
        using value_type = MemoryRegion;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;

        MemoryRegion operator*() const {
            const auto entry = copied_from<Entry>(rest_);
            return {entry.start, entry.length, memory_type(entry.type)};
        }
        Iterator& operator++() {
            rest_ = rest_.subspan(entry_size_);
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(Iterator left, Iterator right) {
            return left.rest_.data() == right.rest_.data();
        }

    private:
        friend class MemoryMap;
        Iterator(std::span<const std::byte> rest, std::size_t entry_size)
            : rest_{rest}, entry_size_{entry_size} {}

        std::span<const std::byte> rest_; // from this entry on
        std::size_t entry_size_ = 0;
    };

    MemoryMap() = default; // no regions

    // The one in a tag of its type.
    static std::expected<MemoryMap, BootInformationError> in(const BootTag& tag);

    std::size_t size() const { return entries_.size() / entry_size_; }
    bool empty() const { return entries_.empty(); }
    Iterator begin() const { return {entries_, entry_size_}; }
    Iterator end() const { return {entries_.last(0), entry_size_}; }

private:
    struct Header {
        std::uint32_t entry_size; // in bytes: entries may grow at their end
        std::uint32_t entry_version;
    };
    struct Entry {
        std::uint64_t start;
        std::uint64_t length;
        std::uint32_t type;
        std::uint32_t reserved;
    };
    static_assert(sizeof(Header) == 8 && sizeof(Entry) == 24);

    MemoryMap(std::span<const std::byte> entries, std::size_t entry_size)
        : entries_{entries}, entry_size_{entry_size} {}

    std::span<const std::byte> entries_;
    std::size_t entry_size_ = sizeof(Entry);
};

inline std::expected<MemoryMap, BootInformationError> MemoryMap::in(const BootTag& tag) {
    using enum BootInformationError;
    if (tag.content().size() < sizeof(Header)) {
        return std::unexpected{tag_too_short};
    }
    const std::size_t entry_size = copied_from<Header>(tag.content()).entry_size;
    if (entry_size < sizeof(Entry) || entry_size % 8 != 0) {
        return std::unexpected{memory_map_entry_size};
    }
    const auto entries = tag.content().subspan(sizeof(Header));
    if (entries.size() % entry_size != 0) {
        return std::unexpected{memory_map_size};
    }
    const MemoryMap map{entries, entry_size};
    for (const MemoryRegion region : map) {
        if (region.length != 0 && region.start + (region.length - 1) < region.start) {
            return std::unexpected{memory_region_wraps};
        }
    }
    return map;
}

static_assert(std::forward_iterator<MemoryMap::Iterator>);

} // namespace kernel
