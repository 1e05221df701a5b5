// The functions that a freestanding program has to bring along: memcpy, memmove, memset and memcmp
// because the compiler calls them without being asked, for copies of structs or arrays set to
// zero; memchr and strlen because std::string_view does.
// [GCC manual, "Language Standards Supported by GCC"]
//
// Their logic stands here under names of its own, so that it can be tested on the host, where
// the C library owns the standard ones.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

// Copies `count` bytes upwards, from the first to the last.
// The direction flag is clear, as the System V ABI promises at every call.
inline void copy_forward(void* to, const void* from, std::size_t count) {
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
}

// Copies `count` bytes downwards, from the last to the first.
inline void copy_backward(void* to, const void* from, std::size_t count) {
    void* last_to = static_cast<std::byte*>(to) + count - 1;
    const void* last_from = static_cast<const std::byte*>(from) + count - 1;
    asm volatile("std\n\trep movsb\n\tcld"
                 : "+D"(last_to), "+S"(last_from), "+c"(count)
                 :
                 : "memory", "cc");
}

// As memmove: the two may overlap.
inline void move_bytes(void* to, const void* from, std::size_t count) {
    const auto distance =
        reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
    if (distance < count) { // `to` lies inside [from, from + count); below `from` it wraps around
        copy_backward(to, from, count);
    } else {
        copy_forward(to, from, count);
    }
}

inline void fill_bytes(void* to, std::uint8_t value, std::size_t count) {
    asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(value) : "memory");
}

// As memcmp: below zero, zero or above, like the first bytes that differ.
inline int compare_bytes(const void* left, const void* right, std::size_t count) {
    const auto* l = static_cast<const unsigned char*>(left);
    const auto* r = static_cast<const unsigned char*>(right);
    for (std::size_t i = 0; i < count; ++i) {
        if (l[i] != r[i]) {
            return l[i] < r[i] ? -1 : 1;
        }
    }
    return 0;
}

// As memchr: the first byte of that value, or null.
inline const void* find_byte(const void* in, std::uint8_t value, std::size_t count) {
    const auto* bytes = static_cast<const unsigned char*>(in);
    for (std::size_t i = 0; i < count; ++i) {
        if (bytes[i] == value) {
            return bytes + i;
        }
    }
    return nullptr;
}

// As strlen.
inline std::size_t text_length(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0') {
        ++length;
    }
    return length;
}

} // namespace kernel
