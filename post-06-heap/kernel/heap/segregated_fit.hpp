// An allocator in constant time (but for its last look before it gives up) whose blocks in use
// carry nothing, and whose free blocks melt.
//
// C++ says a block's size again when it comes back, so no header has to. But how does one know
// whether its neighbours are free? By the edges: one bit for each granule of 16 bytes, set for the
// first and the last granule of every free block, and for no other.
//
//     memory  | used  | free            | used | f | used    |
//     edges     0 0 0   1  0  0  0  0  1   0  0  1   0 0 0 0
//
// The bit in front of a block tells whether a free one ends there, the bit behind it whether one
// begins there. A free block has its size in its first granule and in its last: so both neighbours
// are known at once, and all three become one block.
#pragma once

#include "heap/free_blocks.hpp"
#include "heap/layout.hpp"

#include <cstdint>
#include <cstring>
#include <span>

namespace kernel {

class SegregatedFit {
public:
    static constexpr std::size_t granule = FreeBlocks::granule;

    constexpr SegregatedFit() = default; // without memory

    // The edges take the first 128th of `memory`, which begins at a multiple of 16. If there is no
    // room for more than them, there is no memory.
    explicit SegregatedFit(std::span<std::byte> memory) {
        const std::size_t own = align_up(edge_bytes(memory.size()), granule);
        if (memory.size() > own) {
            std::memset(memory.data(), 0, own);
            *this =
                SegregatedFit{reinterpret_cast<std::uint64_t*>(memory.data()), memory.subspan(own)};
        }
    }

    // The edges lie elsewhere and are all 0. They may be for more memory than there is: the memory
    // can grow.
    SegregatedFit(std::uint64_t* edges, std::span<std::byte> memory)
        : free_{memory.data() - granule}, edges_{edges} {
        grow(memory.size());
    }

    // How large the edges of so much memory are.
    static constexpr std::size_t edge_bytes(std::size_t bytes) {
        constexpr std::size_t bits = 64;
        return ((bytes / granule + 1) / bits + 1) * sizeof(std::uint64_t); // a bit more at each end
    }

    // So many bytes behind the last are memory from now on.
    void grow(std::size_t bytes) {
        const auto size = static_cast<Index>(bytes / granule);
        if (size != 0) {
            end_ += size;
            deallocate(free_.address_of(end_ - size), size); // as if it had been in use
        }
    }

    // Null if no free block is large enough. (Flat, as the next but one: a call would cost as much
    // as what it calls.)
    [[nodiscard, gnu::flatten]] std::byte* allocate(std::size_t granules) {
        if (granules >= end_) {
            return nullptr;
        }
        const auto size = static_cast<Index>(granules);
        const Index block = free_.find(size);
        return block == FreeBlocks::none ? nullptr : free_.address_of(cut_off(block, size));
    }

    // The same at a multiple of `alignment`, a power of two above `granule`.
    [[nodiscard]] std::byte* allocate_aligned(std::size_t granules, std::size_t alignment) {
        const std::size_t spare = alignment / granule - 1;
        std::byte* const block = allocate(granules + spare);
        if (block == nullptr) {
            return nullptr;
        }
        const auto address = reinterpret_cast<std::uintptr_t>(block);
        const std::size_t in_front = (align_up(address, alignment) - address) / granule;
        std::byte* const aligned = block + in_front * granule;
        if (in_front != 0) {
            deallocate(block, in_front);
        }
        if (in_front != spare) {
            deallocate(aligned + granules * granule, spare - in_front);
        }
        return aligned;
    }

    [[gnu::flatten]] void deallocate(void* block, std::size_t granules) {
        const Index first = free_.index_of(static_cast<const std::byte*>(block));
        auto size = static_cast<Index>(granules);
        const Index behind = first + size;
        if (is_edge(behind)) {
            size += free_.size_from_first(behind);
            remove(behind);
        }
        if (!is_edge(first - 1)) {
            free_.add(first, size);
            set_edge(first);
            set_edge(first + size - 1);
            return;
        }
        const Index in_front = first - free_.size_from_last(first - 1);
        if (in_front != first - 1) { // whose two edges are one
            clear_edge(first - 1);
        }
        size += first - in_front;
        free_.resize(in_front, size);
        set_edge(in_front + size - 1);
    }

    // Calls visit(std::span<const std::byte>) for every free block, in the order of their
    // addresses.
    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        for (Index index = 1; index < end_; ++index) {
            if (is_edge(index)) {
                const Index size = free_.size_from_first(index);
                visit(std::span<const std::byte>{free_.address_of(index), size * granule});
                index += size - 1;
            }
        }
    }

private:
    using Index = FreeBlocks::Index;

    bool is_edge(Index index) const { return (edges_[index / 64] >> index % 64 & 1) != 0; }
    void set_edge(Index index) { edges_[index / 64] |= std::uint64_t{1} << index % 64; }
    void clear_edge(Index index) { edges_[index / 64] &= ~(std::uint64_t{1} << index % 64); }

    void remove(Index first) {
        clear_edge(first);
        clear_edge(first + free_.size_from_first(first) - 1);
        free_.remove(first);
    }

    // The end of a free block, so that what is left often stays in its bin.
    Index cut_off(Index block, Index size) {
        const Index left = free_.size_from_first(block) - size;
        if (left == 0) {
            remove(block);
        } else {
            clear_edge(block + left + size - 1);
            free_.resize(block, left);
            set_edge(block + left - 1);
        }
        return block + left;
    }

    FreeBlocks free_;
    std::uint64_t* edges_ = nullptr;
    Index end_ = 1; // the first granule behind the memory
};

} // namespace kernel
