// A picture of memory: each character stands for an equal piece of it.
//
//     0x444444440000 ................................................................
//     0x444444442000 ..........................................................+###+#
#pragma once

#include "text/print.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kernel {

class BlockPicture {
public:
    static constexpr std::size_t columns = 64;
    static constexpr std::size_t most_rows = 16;

    // Of `size` bytes from `start` on. Until the blocks are added, all of them are in use.
    BlockPicture(std::uint64_t start, std::size_t size)
        : start_{start}, size_{size}, piece_{piece_for(size)} {}

    void add_free(std::span<const std::byte> block) { add(block, &Piece::free); }
    void add_ready(std::span<const std::byte> block) { add(block, &Piece::ready); }

    std::size_t bytes_per_character() const { return piece_; }

    template <TextSink Sink>
    void print(Sink& sink) const {
        for (std::size_t index = 0; index * piece_ < size_; ++index) {
            if (index % columns == 0) {
                print_to(sink, "{}{:#x} ", index == 0 ? "" : "\n", start_ + index * piece_);
            }
            print_to(sink, "{}", character(index));
        }
        print_to(sink, "\n");
    }

private:
    struct Piece {
        std::uint32_t free = 0; // bytes, as the other one
        std::uint32_t ready = 0;
    };

    static constexpr std::size_t most_pieces = columns * most_rows;

    // A power of two, so that a row begins at a round address.
    static constexpr std::size_t piece_for(std::size_t size) {
        constexpr std::size_t smallest = 16;
        return std::bit_ceil(std::max((size + most_pieces - 1) / most_pieces, smallest));
    }

    // Shares the block out to the pieces that it touches. What is behind the last one is no part of
    // the picture: the memory may have grown since.
    void add(std::span<const std::byte> block, std::uint32_t Piece::*bytes) {
        const std::size_t first = reinterpret_cast<std::uintptr_t>(block.data()) - start_;
        const std::size_t end = std::min(first + block.size(), size_);
        for (std::size_t at = first; at < end;) {
            const std::size_t next = std::min(end, (at / piece_ + 1) * piece_);
            pieces_[at / piece_].*bytes += static_cast<std::uint32_t>(next - at);
            at = next;
        }
    }

    // What is rare is shown where there is any: free is only what is free as a whole.
    char character(std::size_t index) const {
        const Piece& piece = pieces_[index];
        const std::size_t size = std::min(piece_, size_ - index * piece_);
        return piece.ready != 0 ? '+' : piece.free == size ? '.' : '#';
    }

    std::uint64_t start_;
    std::size_t size_;
    std::size_t piece_;                       // bytes
    std::array<Piece, most_pieces> pieces_{}; // not on the heap: the picture would be in it
};

} // namespace kernel
