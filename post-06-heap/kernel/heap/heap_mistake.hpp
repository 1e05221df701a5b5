// What a program can do wrong with a block of the heap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

enum class HeapMistake : std::uint8_t {
    freed_twice,
    never_allocated,
    overrun,
    used_after_free,
    array_freed_as_object,
    object_freed_as_array,
    wrong_size,
};

constexpr std::string_view describe(HeapMistake mistake) {
    constexpr std::array<std::string_view, 7> words{
        "a block was freed twice",
        "what was freed is not a block, or its header was overwritten",
        "something was written beyond the end of a block",
        "something was written into a block after it was freed",
        "an array from new[] was freed with delete",
        "an object from new was freed with delete[]",
        "a block was freed as another type: its size or alignment is wrong",
    };
    return words[static_cast<std::size_t>(mistake)];
}

struct FoundMistake {
    HeapMistake mistake;
    const void* block;   // the address that new returned, or the one that is not a block's
    std::size_t size;    // bytes, as allocated; 0 if unknown
    const void* changed; // the first byte that was overwritten; null if that is not the mistake
};

} // namespace kernel
