// Bytes that nobody may touch at the moment, told to AddressSanitizer where it watches.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED_BY_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED_BY_ADDRESS_SANITIZER
#endif
#endif

#ifdef WATCHED_BY_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

inline void forbid(const std::byte* bytes, std::size_t count) {
#ifdef WATCHED_BY_ADDRESS_SANITIZER
    __asan_poison_memory_region(bytes, count);
#else
    static_cast<void>(bytes), static_cast<void>(count);
#endif
}

inline void permit(const std::byte* bytes, std::size_t count) {
#ifdef WATCHED_BY_ADDRESS_SANITIZER
    __asan_unpoison_memory_region(bytes, count);
#else
    static_cast<void>(bytes), static_cast<void>(count);
#endif
}
