// Tells AddressSanitizer, if the program is built with it, which bytes must not be touched.
#pragma once

#include <cstddef>

// Null in a program that is built without AddressSanitizer.
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
