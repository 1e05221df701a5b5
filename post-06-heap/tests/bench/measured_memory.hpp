// Memory for the heaps that are measured, at addresses of its own, with nothing mapped after it.
#pragma once

#include "console/panic.hpp"
#include "heap_traces.hpp"
#include "memory/machine_memory.hpp"

#include <cstddef>
#include <span>

namespace kernel_test {

constexpr std::size_t kib = 1024;

// Maps `size` bytes from `start`, page by page.
inline std::byte* map_memory(kernel::MachineMemory& memory, std::uint64_t start, std::size_t size) {
    using namespace kernel;
    for (std::uint64_t page = start; page < start + size; page += size_in_bytes(PageSize::kib4)) {
        const auto frame = memory.frames.allocate();
        if (!frame) {
            panic("the measurement wants more memory than this machine has");
        }
        const auto mapped =
            memory.mapper.map(Page<>::containing(VirtualAddress::sign_extended(page)), *frame,
                              EntryFlag::writable | EntryFlag::no_execute, memory.frames);
        if (!mapped) {
            panic("the measurement has no memory: {}", describe(mapped.error()));
        }
    }
    return reinterpret_cast<std::byte*>(start);
}

// For the heap, and for the trace's list of its blocks.
struct MeasuredMemory {
    std::span<std::byte> arena;
    std::span<heap_traces::Block> blocks;

    static MeasuredMemory map(kernel::MachineMemory& memory, std::size_t bytes,
                              std::size_t blocks) {
        using heap_traces::Block;
        return {
            {map_memory(memory, 0x7777'0000'0000, bytes), bytes},
            {reinterpret_cast<Block*>(map_memory(memory, 0x6666'0000'0000, blocks * sizeof(Block))),
             blocks}};
    }
};

} // namespace kernel_test
