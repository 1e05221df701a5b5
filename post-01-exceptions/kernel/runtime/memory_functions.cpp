// The functions that a program without a C library has to define itself. The compiler calls memcpy,
// memmove, memset and memcmp on its own, to copy a struct or to clear an array; the headers of the
// standard library call memchr and strlen. [GCC manual, "Language Standards Supported by GCC"]
//
// Whenever one of them is called, the direction flag is clear. [System V ABI, AMD64 supplement,
// "Registers"] No compiler may turn a loop here into a call of the function that the loop is in:
// that is what -fno-builtin is for, in the Makefile.

#include <cstddef>
#include <cstdint>

extern "C" {

void* memcpy(void* to, const void* from, std::size_t count) {
    void* next = to;
    asm volatile("rep movsb" : "+D"(next), "+S"(from), "+c"(count) : : "memory");
    return to;
}

void* memmove(void* to, const void* from, std::size_t count) {
    const auto distance =
        reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
    if (distance >= count) { // also true for `to` below `from`: the difference is huge then
        return memcpy(to, from, count);
    }
    // `to` lies inside [from, from + count): copy from the last byte to the first.
    void* next = static_cast<std::byte*>(to) + count - 1;
    from = static_cast<const std::byte*>(from) + count - 1;
    asm volatile("std\n\trep movsb\n\tcld"
                 : "+D"(next), "+S"(from), "+c"(count)
                 :
                 : "memory", "cc");
    return to;
}

void* memset(void* to, int value, std::size_t count) {
    void* next = to;
    asm volatile("rep stosb" : "+D"(next), "+c"(count) : "a"(value) : "memory");
    return to;
}

int memcmp(const void* left, const void* right, std::size_t count) {
    const auto* l = static_cast<const unsigned char*>(left);
    const auto* r = static_cast<const unsigned char*>(right);
    for (std::size_t i = 0; i < count; ++i) {
        if (l[i] != r[i]) {
            return l[i] - r[i];
        }
    }
    return 0;
}

void* memchr(const void* in, int value, std::size_t count) {
    const auto* bytes = static_cast<const unsigned char*>(in);
    for (std::size_t i = 0; i < count; ++i) {
        if (bytes[i] == static_cast<unsigned char>(value)) {
            return const_cast<unsigned char*>(bytes + i);
        }
    }
    return nullptr;
}

std::size_t strlen(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0') {
        ++length;
    }
    return length;
}

} // extern "C"
