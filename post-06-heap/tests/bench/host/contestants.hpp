// The heaps that are compared: the kernel's, and those of hosted programs.
//
// mimalloc and jemalloc are loaded without being linked, or they would take the place of malloc in
// the whole program. A trace calls each heap through a function that is not inlined. A heap whose
// deallocation takes a size is given it.
#pragma once

#include "../../unit/allocator_over.hpp"
#include "heap/size_class_allocator.hpp"

#include <dlfcn.h>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

// The C library's own functions, even if another library defines malloc.
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void __libc_free(void* block);

namespace contestants {

// The kernel's, with memory of its own.
class Ours {
public:
    static constexpr std::string_view name = "ours";

    explicit Ours(std::size_t bytes)
        : memory_{std::make_unique_for_overwrite<Unit[]>(bytes / sizeof(Unit))},
          allocator_{allocator_over<kernel::SizeClassAllocator>(
              {memory_[0].bytes, bytes / sizeof(Unit) * sizeof(Unit)})} {}

    [[gnu::noinline]] void* allocate(std::size_t size) { return allocator_.allocate({size, 8}); }
    [[gnu::noinline]] void deallocate(void* block, std::size_t size) {
        allocator_.deallocate(block, {size, 8});
    }

private:
    struct alignas(16) Unit {
        std::byte bytes[16];
    };
    std::unique_ptr<Unit[]> memory_;
    kernel::SizeClassAllocator allocator_;
};

// The file that contains a function.
inline std::string_view origin(void* function) {
    Dl_info information{};
    if (dladdr(function, &information) == 0) {
        throw std::runtime_error{"a function comes from nowhere"};
    }
    return information.dli_fname;
}

// The function of this library, even if another one has a function of the same name.
template <typename Function>
Function* function(const std::string& library, const char* name) {
    void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const address = handle != nullptr ? dlsym(handle, name) : nullptr;
    if (address == nullptr) {
        throw std::runtime_error{dlerror()};
    }
    if (origin(address).find("/" + library) == std::string_view::npos) {
        throw std::runtime_error{std::string{name} + " is not of " + library};
    }
    return reinterpret_cast<Function*>(address);
}

class Glibc {
public:
    static constexpr std::string_view name = "glibc";

    explicit Glibc(std::size_t) {
        if (origin(reinterpret_cast<void*>(__libc_malloc)).find("/libc.so") == std::string::npos) {
            throw std::runtime_error{"the C library's malloc is not its own"};
        }
    }
    void* allocate(std::size_t size) { return __libc_malloc(size); }
    void deallocate(void* block, std::size_t) { __libc_free(block); }
};

class Mimalloc {
public:
    static constexpr std::string_view name = "mimalloc";

    explicit Mimalloc(std::size_t) {}
    void* allocate(std::size_t size) { return malloc_(size); }
    void deallocate(void* block, std::size_t size) { free_(block, size); }

private:
    static constexpr const char* library = "libmimalloc.so";
    void* (*malloc_)(std::size_t) = function<void*(std::size_t)>(library, "mi_malloc");
    void (*free_)(void*, std::size_t) = function<void(void*, std::size_t)>(library, "mi_free_size");
};

class Jemalloc {
public:
    static constexpr std::string_view name = "jemalloc";

    explicit Jemalloc(std::size_t) {}
    void* allocate(std::size_t size) { return malloc_(size); }
    void deallocate(void* block, std::size_t size) { free_(block, size, 0); }

private:
    static constexpr const char* library = "libjemalloc.so";
    void* (*malloc_)(std::size_t) = function<void*(std::size_t)>(library, "malloc");
    void (*free_)(void*, std::size_t, int) = function<void(void*, std::size_t, int)>(library,
                                                                                     "sdallocx");
};

} // namespace contestants
