// Sequences of operations on an allocator: made at random, and replayed.
#pragma once

#include "heap_arena.hpp"

#include <cstdint>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

// Frees the block in one of the slots, if there is one. Then, unless `size` is 0, allocates another
// one for the slot.
struct HeapOperation {
    static constexpr std::size_t slots = 64;

    std::size_t slot;
    std::size_t size;
    std::size_t alignment;

    friend std::ostream& operator<<(std::ostream& stream, const HeapOperation& operation) {
        return stream << '{' << operation.slot << ", " << operation.size << ", "
                      << operation.alignment << '}';
    }
};

using HeapOperations = std::vector<HeapOperation>;

// Mostly small blocks, some large ones and some with unusual alignment.
inline HeapOperations random_operations(std::uint32_t seed, std::size_t count) {
    std::mt19937 random{seed};
    HeapOperations operations;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t largest = random() % 8 == 0 ? 4096 : 256;
        operations.push_back(
            {.slot = random() % HeapOperation::slots,
             .size = random() % 4 == 0 ? 0 : random() % largest + 1,
             .alignment = std::size_t{1} << (random() % 8 == 0 ? random() % 11 : random() % 5)});
    }
    return operations;
}

// What went wrong, if anything did. At the end all blocks are freed, and the memory must be one
// block again.
template <typename A>
std::optional<std::string> replay(const HeapOperations& operations, std::size_t memory) {
    try {
        HeapArena<A> arena{memory};
        const std::size_t largest = arena.largest();
        std::vector<std::byte*> slots(HeapOperation::slots);
        for (const HeapOperation& operation : operations) {
            std::byte*& block = slots[operation.slot % slots.size()];
            if (block != nullptr) {
                arena.deallocate(block);
                block = nullptr;
            }
            if (operation.size != 0) {
                block = arena.allocate({operation.size, operation.alignment});
            }
        }
        arena.deallocate_all();
        if (arena.largest() != largest) {
            return "memory is lost";
        }
    } catch (const WrongBlock& wrong) {
        return wrong.what();
    }
    return std::nullopt;
}
