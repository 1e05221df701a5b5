#include "runtime/memory.hpp"

extern "C" {

void* memcpy(void* to, const void* from, std::size_t count) {
    kernel::copy_forward(to, from, count);
    return to;
}

void* memmove(void* to, const void* from, std::size_t count) {
    kernel::move_bytes(to, from, count);
    return to;
}

void* memset(void* to, int value, std::size_t count) {
    kernel::fill_bytes(to, static_cast<std::uint8_t>(value), count);
    return to;
}

int memcmp(const void* left, const void* right, std::size_t count) {
    return kernel::compare_bytes(left, right, count);
}

void* memchr(const void* in, int value, std::size_t count) {
    return const_cast<void*>(kernel::find_byte(in, static_cast<std::uint8_t>(value), count));
}

std::size_t strlen(const char* text) {
    return kernel::text_length(text);
}

} // extern "C"
