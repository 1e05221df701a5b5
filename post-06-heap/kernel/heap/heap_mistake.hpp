// What can be wrong about memory that is given back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

enum class HeapMistake : std::uint8_t {
    freed_twice,
    never_allocated, // or its front was overwritten
    overrun,
    used_after_free,
    array_freed_as_object,
    object_freed_as_array,
    wrong_size,
};

constexpr std::string_view describe(HeapMistake mistake) {
    switch (mistake) {
    case HeapMistake::freed_twice:
        return "a block was freed twice";
    case HeapMistake::never_allocated:
        return "what was freed is no block, or what lies in front of it was overwritten";
    case HeapMistake::overrun:
        return "something was written behind the end of a block";
    case HeapMistake::used_after_free:
        return "something was written into a block that had been freed";
    case HeapMistake::array_freed_as_object:
        return "what new[] gave was freed with delete";
    case HeapMistake::object_freed_as_array:
        return "what new gave was freed with delete[]";
    case HeapMistake::wrong_size:
        return "a block was freed with another size than it has: as an object of another type";
    }
    return "unknown mistake";
}

struct FoundMistake {
    HeapMistake mistake;
    const void* block;             // as whoever asked for it knows it
    std::size_t size;              // bytes that were asked for; 0 if nobody knows
    const void* changed = nullptr; // the first byte that is not as it was left, if that is it
};

} // namespace kernel
