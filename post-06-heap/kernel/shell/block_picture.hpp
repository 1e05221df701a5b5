// Draws the blocks of a heap. Each character stands for 1/1024 of the heap's memory:
//
//     0x444444440000 ................................................................
//     0x444444441900 ..........................................................+###+#
//
//     # in use, at least in part     + cached, at least in part     . all in one free block
#pragma once

#include "heap/allocator.hpp"
#include "text/format_string.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace kernel {

// Draws `size` bytes, a multiple of 1024, from address `start`. Leaves out blocks beyond them: the
// heap may have grown since it was measured.
template <TextSink Sink, typename Heap>
void print_blocks(Sink& sink, const Heap& heap, std::uintptr_t start, std::size_t size) {
    constexpr std::size_t pieces = 1024;
    constexpr std::size_t columns = 64;
    const std::size_t piece = size / pieces; // bytes
    std::string picture(pieces, '#');
    heap.for_each_free_block([&](std::span<const std::byte> block, BlockState state) {
        // A piece is drawn as free if all of it is, and as cached if any of it is.
        const bool is_free = state == BlockState::free;
        const std::size_t offset = reinterpret_cast<std::uintptr_t>(block.data()) - start;
        const std::size_t end = (offset + block.size() + (is_free ? 0 : piece - 1)) / piece;
        for (std::size_t place = (offset + (is_free ? piece - 1 : 0)) / piece;
             place < std::min(end, pieces); ++place) {
            picture[place] = is_free ? '.' : '+';
        }
    });
    for (std::size_t row = 0; row < pieces; row += columns) {
        print_to(sink, "{:#x} {}\n", start + row * piece, picture.substr(row, columns));
    }
    print_to(sink, "Each character is {} bytes: # in use, + some cached, . all free\n", piece);
}

} // namespace kernel
