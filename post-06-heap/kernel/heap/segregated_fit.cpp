#include "heap/segregated_fit.hpp"

#include <algorithm>
#include <bit>

namespace kernel {

// New memory is freed as if it had been in use.
void SegregatedFit::grow(std::size_t bytes) {
    const auto size = static_cast<Index>(bytes / granule);
    if (size != 0) {
        end_ += size;
        release(end_ - size, size);
    }
}

// `flatten` here and below inlines the small functions: an allocation and its deallocation take
// about a seventh fewer instructions.
[[gnu::flatten]] void* SegregatedFit::allocate(Layout layout) {
    // A block that is this much larger contains an aligned one, wherever it begins.
    const std::size_t spare = layout.alignment > granule ? layout.alignment / granule - 1 : 0;
    const std::size_t granules = align_up(layout.size, granule) / granule;
    if (granules + spare >= end_) {
        return nullptr;
    }
    const auto size = static_cast<Index>(granules + spare);
    const Index found = find(size);
    if (found == none) {
        return nullptr;
    }
    const Index block = found + at(found).size - size; // the end of the free block: the rest stays
    if (block == found) {
        remove(found);
    } else {
        resize(found, block - found);
    }
    if (spare == 0) {
        return address_of(block);
    }
    const auto address = reinterpret_cast<std::uintptr_t>(address_of(block));
    const auto in_front =
        static_cast<Index>((align_up(address, layout.alignment) - address) / granule);
    if (in_front != 0) {
        release(block, in_front);
    }
    if (in_front != spare) {
        release(block + in_front + static_cast<Index>(granules),
                static_cast<Index>(spare) - in_front);
    }
    return address_of(block + in_front);
}

void SegregatedFit::deallocate(void* block, Layout layout) {
    const auto offset = static_cast<std::size_t>(static_cast<std::byte*>(block) - base_);
    release(static_cast<Index>(offset / granule),
            static_cast<Index>(align_up(layout.size, granule) / granule));
}

// Makes granules free, as one block with the free ones before and after them.
[[gnu::flatten]] void SegregatedFit::release(Index first, Index size) {
    if (const Index behind = first + size; is_edge(behind)) {
        size += at(behind).size;
        remove(behind);
    }
    if (is_edge(first - 1)) {
        const Index in_front = at(first - 1).size;
        resize(first - in_front, in_front + size);
    } else {
        add(first, size);
    }
}

std::uint32_t SegregatedFit::bin_of(Index size) {
    if (size <= exact_bins) {
        return size - 1;
    }
    const auto power = static_cast<std::uint32_t>(std::bit_width(size)) - 1; // 6 or more
    const std::uint32_t quarter = size >> (power - 2) & 3;
    return std::min(exact_bins + (power - 6) * 4 + quarter, bin_count - 1);
}

// The first bin from this one on that has a block; bin_count if there is none.
std::uint32_t SegregatedFit::used_bin_from(std::uint32_t bin) const {
    for (std::uint32_t word = bin / 64; word < used_bins_.size(); ++word, bin = word * 64) {
        if (const std::uint64_t used = used_bins_[word] >> bin % 64; used != 0) {
            return bin + static_cast<std::uint32_t>(std::countr_zero(used));
        }
    }
    return bin_count;
}

// A free block of at least `size` granules, or none.
SegregatedFit::Index SegregatedFit::find(Index size) const {
    // In the bins above that of `size - 1` all blocks are large enough.
    Index block = first_in_bin_[used_bin_from(bin_of(size - 1) + 1)];
    if (block == none) {
        block = first_in_bin_[bin_of(size)]; // some of these may be
        while (block != none && at(block).size < size) {
            block = at(block).next;
        }
    }
    return block;
}

void SegregatedFit::add(Index first, Index size) {
    link(first, bin_of(size));
    write_size(first, size);
    set_edge(first);
}

void SegregatedFit::remove(Index first) {
    unlink(first);
    clear_edge(first + at(first).size - 1);
    clear_edge(first);
}

// Moves the end of a free block. It often stays in its bin: allocating and freeing blocks of 8
// bytes takes 192 instructions and not 273 as with remove() and add().
void SegregatedFit::resize(Index first, Index size) {
    if (at(first).size != 1) { // otherwise the last edge is also the first
        clear_edge(first + at(first).size - 1);
    }
    if (const std::uint32_t bin = bin_of(size); bin != at(first).bin) {
        unlink(first);
        link(first, bin);
    }
    write_size(first, size);
}

void SegregatedFit::write_size(Index first, Index size) {
    at(first).size = size;
    at(first + size - 1).size = size;
    set_edge(first + size - 1);
}

void SegregatedFit::link(Index first, std::uint32_t bin) {
    const Index next = first_in_bin_[bin];
    at(first) = {.next = next, .previous = none, .bin = bin, .size = 0};
    if (next != none) {
        at(next).previous = first;
    }
    first_in_bin_[bin] = first;
    used_bins_[bin / 64] |= std::uint64_t{1} << bin % 64;
}

void SegregatedFit::unlink(Index first) {
    const FreeBlock& block = at(first);
    if (block.next != none) {
        at(block.next).previous = block.previous;
    }
    if (block.previous != none) {
        at(block.previous).next = block.next;
        return;
    }
    first_in_bin_[block.bin] = block.next;
    if (block.next == none) {
        used_bins_[block.bin / 64] &= ~(std::uint64_t{1} << block.bin % 64);
    }
}

} // namespace kernel
