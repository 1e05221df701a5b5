// An allocator that does not search: free blocks are sorted by size into bins, and a block that is
// freed finds its neighbours at once. Only an allocation that would fail looks through a list.
//
// How does a freed block know whether the memory before and after it is free? By a table of edges,
// one bit for each granule of 16 bytes: it is set for the first and the last granule of every free
// block. Blocks in use carry no extra bytes.
//
//     memory  | used  | free            | used | f | used    |
//     edges     0 0 0   1  0  0  0  0  1   0  0  1   0 0 0 0
//
// If the bit before a block is set, a free block ends there; if the bit after it is set, a free
// block begins there. A free block stores its size in its first granule and in its last, so both
// neighbours can be joined with it.
//
//     bins  [ 1 ][ 2 ][ 3 ] ... [ 63 ][ 64-79 ][ 80-95 ][ 96-111 ][ 112-127 ][ 128-159 ] ...
//                  |                      |
//                  v                      v        each bin is a list of the free blocks of its
//              block <-> block          block      sizes, in granules; the last has all above
#pragma once

#include "heap/allocator.hpp"

#include <array>

namespace kernel {

class SegregatedFit {
public:
    constexpr SegregatedFit() = default; // has no memory
    SegregatedFit(std::byte* start, std::uint64_t* edges) : base_{start - granule}, edges_{edges} {}

    // A bit for each granule, and one before them and one after.
    static constexpr std::size_t table_bytes(std::size_t bytes) {
        return (bytes / granule + 1) / 64 * sizeof(std::uint64_t) + sizeof(std::uint64_t);
    }
    void grow(std::size_t bytes);

    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        for (Index index = 1; index < end_; ++index) {
            if (is_edge(index)) {
                const Index size = at(index).size;
                visit(std::span<const std::byte>{address_of(index), size * granule},
                      BlockState::free);
                index += size - 1;
            }
        }
    }

private:
    // The number of a granule. The memory begins at number 1, so 0 can stand for no block.
    using Index = std::uint32_t;
    static constexpr Index none = 0;

    // The first granule of a free block. `size` is also in the last four bytes of the block; in a
    // block of one granule the two are the same.
    struct FreeBlock {
        Index next; // in its bin
        Index previous;
        std::uint32_t bin;
        Index size; // granules
    };
    static_assert(sizeof(FreeBlock) == granule);

    // A bin for each size up to 63, then four for each power of two.
    static constexpr std::uint32_t exact_bins = 63;
    static constexpr std::uint32_t bin_count = 128;

    static std::uint32_t bin_of(Index size);
    std::uint32_t used_bin_from(std::uint32_t bin) const;

    std::byte* address_of(Index index) const { return base_ + std::size_t{index} * granule; }
    FreeBlock& at(Index index) const { return *reinterpret_cast<FreeBlock*>(address_of(index)); }

    bool is_edge(Index index) const { return (edges_[index / 64] >> index % 64 & 1) != 0; }
    void set_edge(Index index) { edges_[index / 64] |= std::uint64_t{1} << index % 64; }
    void clear_edge(Index index) { edges_[index / 64] &= ~(std::uint64_t{1} << index % 64); }

    // `first` is the first granule of a block, `size` its size in granules.
    Index find(Index size) const;
    void add(Index first, Index size);
    void remove(Index first);
    void resize(Index first, Index size);
    void release(Index first, Index size);
    void write_size(Index first, Index size);
    void link(Index first, std::uint32_t bin);
    void unlink(Index first);

    std::byte* base_ = nullptr;
    std::uint64_t* edges_ = nullptr;
    Index end_ = 1;                                         // the first granule after the memory
    std::array<std::uint64_t, bin_count / 64> used_bins_{}; // a bit for each bin
    std::array<Index, bin_count + 1> first_in_bin_{};       // the one after the last is empty
};

static_assert(Allocator<SegregatedFit>);

} // namespace kernel
