// Free blocks, sorted by size into bins: one that fits is found without looking at others.
//
//     bins  [ 1 ][ 2 ][ 3 ] ... [ 63 ][ 64-79 ][ 80-95 ][ 96-111 ][ 112-127 ][ 128-159 ] ...
//                  |                      |
//                  v                      v        each bin is a list of free blocks of its sizes,
//              block <-> block          block      in granules of 16 bytes
//
// The lists lie in the blocks themselves.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace kernel {

class FreeBlocks {
public:
    static constexpr std::size_t granule = 16; // bytes: all blocks are whole granules

    using Index = std::uint32_t; // of a granule, counted from the base
    static constexpr Index none = 0;

    constexpr FreeBlocks() = default;

    // No block begins at `base` itself: granule 0 is none.
    constexpr explicit FreeBlocks(std::byte* base) : base_{base} {}

    std::byte* address_of(Index index) const { return base_ + std::size_t{index} * granule; }
    Index index_of(const std::byte* address) const {
        return static_cast<Index>(static_cast<std::size_t>(address - base_) / granule);
    }

    // The size of a free block, by its first granule or by its last one.
    Index size_from_first(Index first) const { return at(first).size; }
    Index size_from_last(Index last) const { return at(last).size; }

    // A block of at least `size`, or none.
    Index find(Index size) const {
        const std::uint32_t bin = bin_of(size);
        if (size <= exact_bins) {
            return first_in_bin_[used_bin_from(bin)];
        }
        // Its own bin has smaller blocks too: a short look, and a long one before giving up.
        if (const Index block = find_in(bin, size, short_look); block != none) {
            return block;
        }
        const Index larger = first_in_bin_[used_bin_from(bin + 1)];
        return larger != none ? larger : find_in(bin, size, ~std::size_t{0});
    }

    void add(Index first, Index size) {
        link(first, bin_of(size));
        write_size(first, size);
    }

    void remove(Index first) { unlink(at(first)); }

    // Changes the size of one that is here.
    void resize(Index first, Index size) {
        if (const std::uint32_t bin = bin_of(size); bin != at(first).bin) {
            unlink(at(first));
            link(first, bin);
        }
        write_size(first, size);
    }

private:
    // What a free block holds. Its last four bytes are its size too: those of `size` if it is only
    // one granule long.
    struct FreeBlock {
        Index next; // in its bin
        Index previous;
        std::uint32_t bin;
        Index size;
    };
    static_assert(sizeof(FreeBlock) == granule);

    // A bin for each size up to 63, then four for each power of two; the last has all the rest.
    static constexpr std::uint32_t exact_bins = 63;
    static constexpr std::uint32_t bin_count = 128;
    static constexpr std::size_t short_look = 8; // blocks of a bin

    static constexpr std::uint32_t bin_of(Index size) {
        if (size <= exact_bins) {
            return size - 1;
        }
        const auto power = static_cast<std::uint32_t>(std::bit_width(size)) - 1; // 6 or more
        const std::uint32_t quarter = size >> (power - 2) & 3;
        return std::min(exact_bins + (power - 6) * 4 + quarter, bin_count - 1);
    }

    FreeBlock& at(Index index) const { return *reinterpret_cast<FreeBlock*>(address_of(index)); }

    Index find_in(std::uint32_t bin, Index size, std::size_t most_looks) const {
        Index block = first_in_bin_[bin];
        while (block != none && at(block).size < size) {
            block = --most_looks != 0 ? at(block).next : none;
        }
        return block;
    }

    // bin_count if there is none: the bin behind the last is always empty.
    std::size_t used_bin_from(std::size_t bin) const {
        for (std::size_t word = bin / 64; word < used_bins_.size(); ++word, bin = word * 64) {
            if (const std::uint64_t used = used_bins_[word] >> bin % 64; used != 0) {
                return bin + static_cast<std::size_t>(std::countr_zero(used));
            }
        }
        return bin_count;
    }

    void write_size(Index first, Index size) {
        at(first).size = size;
        at(first + size - 1).size = size;
    }

    void link(Index first, std::uint32_t bin) {
        const Index next = first_in_bin_[bin];
        FreeBlock& block = at(first);
        block.next = next;
        block.previous = none;
        block.bin = bin;
        if (next != none) {
            at(next).previous = first;
        }
        first_in_bin_[bin] = first;
        used_bins_[bin / 64] |= std::uint64_t{1} << bin % 64;
    }

    void unlink(const FreeBlock& block) {
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

    std::byte* base_ = nullptr;
    std::array<std::uint64_t, bin_count / 64> used_bins_{}; // a bit for each
    std::array<Index, bin_count + 1> first_in_bin_{};
};

} // namespace kernel
