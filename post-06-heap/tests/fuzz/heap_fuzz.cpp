// Turns its input into operations on all allocators. The first byte is the size of the memory, in
// units of 256 bytes. Then each three bytes are one operation: a slot, and a word with 13 bits of
// size (0: only free) and 3 bits for half the logarithm of the alignment.
//
// The inputs in corpus/heap are written in this form; their names say what they do.

#include "../unit/heap_operations.hpp"
#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

HeapOperations operations_in(std::span<const std::uint8_t> bytes) {
    HeapOperations operations;
    for (; bytes.size() >= 3; bytes = bytes.subspan(3)) {
        const std::size_t word = bytes[1] | std::size_t{bytes[2]} << 8;
        operations.push_back({.slot = bytes[0],
                              .size = word & 0x1FFF,
                              .alignment = std::size_t{1} << 2 * (word >> 13)});
    }
    return operations;
}

template <typename A>
void try_out(const HeapOperations& operations, std::size_t memory) {
    if (const auto wrong = replay<A>(operations, memory)) {
        std::fprintf(stderr, "%s\n", wrong->c_str());
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::size_t memory = data[0] * std::size_t{256};
    const HeapOperations operations = operations_in({data + 1, size - 1});
    try_out<kernel::BumpAllocator>(operations, memory);
    try_out<kernel::LinkedListAllocator>(operations, memory);
    try_out<kernel::SegregatedFit>(operations, memory);
    try_out<kernel::SizeClassAllocator>(operations, memory);
    return 0;
}
