// Bytes that nobody may touch at the moment, told to AddressSanitizer where it watches.
#pragma once

#include <cstddef>

// Null in a program that is built without it.
extern "C" [[gnu::weak]] void __asan_poison_memory_region(const volatile void* bytes,
                                                          std::size_t count);
extern "C" [[gnu::weak]] void __asan_unpoison_memory_region(const volatile void* bytes,
                                                            std::size_t count);

inline void forbid(const std::byte* bytes, std::size_t count) {
    if (&__asan_poison_memory_region != nullptr) {
        __asan_poison_memory_region(bytes, count);
    }
}

inline void permit(const std::byte* bytes, std::size_t count) {
    if (&__asan_unpoison_memory_region != nullptr) {
        __asan_unpoison_memory_region(bytes, count);
    }
}
