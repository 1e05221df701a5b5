// operator new and operator delete, on the kernel's heap, in every form but one.
// [ISO C++, "Storage allocation and deallocation"]
//
// Missing on purpose are the scalar deletes that are not told the size: the allocators want to know
// it, and the compilers say it. Whoever calls one of them gets an error from the linker.

#include "console/panic.hpp"
#include "heap/checked_allocator.hpp"
#include "heap/heap.hpp"
#include "interrupts/handler.hpp"

#include <cstdint>
#include <new>

namespace kernel {
namespace {

struct PanicAboutMistake {
    [[noreturn]] void operator()(FoundMistake found) const {
        if (found.size == 0) {
            panic("HEAP: {}\n  at {}", describe(found.mistake), found.block);
        }
        if (found.changed == nullptr) {
            panic("HEAP: {}\n  the block at {} of {} bytes", describe(found.mistake), found.block,
                  found.size);
        }
        panic("HEAP: {}\n  the block at {} of {} bytes, changed at {}", describe(found.mistake),
              found.block, found.size, found.changed);
    }
};

constinit CheckedAllocator<KernelHeap, PanicAboutMistake> checked_heap{kernel_heap, {}};

// `make CHECKED=0` builds without the checks.
#ifdef UNCHECKED
constexpr bool is_checked = false;
#else
constexpr bool is_checked = true;
#endif

// A handler may have interrupted an allocation, and find the heap half-way.
void refuse_handlers(const char* what) {
    if (is_in_interrupt_handler()) {
        panic("an interrupt handler {} memory", what);
    }
}

// Null if there is none.
void* allocate(Layout layout, Form form) {
    refuse_handlers("allocates");
    if (layout.size > PTRDIFF_MAX) {
        return nullptr;
    }
    const Layout real{layout.size != 0 ? layout.size : 1, layout.alignment};
    return is_checked ? checked_heap.allocate(real, form) : kernel_heap.allocate(real);
}

void deallocate(void* block, Layout layout, Form form) {
    refuse_handlers("frees");
    const Layout real{layout.size != 0 ? layout.size : 1, layout.alignment};
    if (is_checked) {
        checked_heap.deallocate(block, real, form);
    } else {
        kernel_heap.deallocate(block, real);
    }
}

[[noreturn]] void panic_out_of_memory(Layout layout) {
    const HeapStatistics heap = kernel_heap.statistics();
    panic("out of memory: size={} align={}\n"
          "  the heap has {} KiB: {} bytes in use, {} kept ready, {} free; it may have {} KiB",
          layout.size, layout.alignment, heap.mapped / 1024, heap.used, heap.cached, heap.free,
          largest_heap / 1024);
}

void* or_panic(void* block, Layout layout) {
    if (block == nullptr) {
        panic_out_of_memory(layout);
    }
    return block;
}

constexpr std::size_t default_alignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

constexpr Layout default_layout(std::size_t size) {
    return {size, default_alignment};
}
constexpr Layout layout_of(std::size_t size, std::align_val_t alignment) {
    return {size, static_cast<std::size_t>(alignment)};
}

void* allocate_object(Layout layout) {
    return allocate(layout, Form::object);
}

void deallocate_object(void* block, Layout layout) {
    if (block != nullptr) {
        deallocate(block, layout, Form::object);
    }
}

// In front of an array: see array_cookie().
std::size_t& size_of_array(void* array) {
    return *(static_cast<std::size_t*>(array) - 1);
}

void* allocate_array(Layout layout) {
    const std::size_t cookie = array_cookie(layout.alignment);
    void* const block = layout.size <= PTRDIFF_MAX
                            ? allocate({cookie + layout.size, layout.alignment}, Form::array)
                            : nullptr;
    if (block == nullptr) {
        return nullptr;
    }
    void* const array = static_cast<std::byte*>(block) + cookie;
    size_of_array(array) = layout.size;
    return array;
}

void deallocate_array(void* array, std::size_t alignment) {
    if (array != nullptr) {
        const std::size_t cookie = array_cookie(alignment);
        deallocate(static_cast<std::byte*>(array) - cookie,
                   {cookie + size_of_array(array), alignment}, Form::array);
    }
}

} // namespace
} // namespace kernel

using namespace kernel;

const std::nothrow_t std::nothrow{};

// Out of memory: panic.
void* operator new(std::size_t size) {
    return or_panic(allocate_object(default_layout(size)), default_layout(size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return or_panic(allocate_object(layout_of(size, alignment)), layout_of(size, alignment));
}
void* operator new[](std::size_t size) {
    return or_panic(allocate_array(default_layout(size)), default_layout(size));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return or_panic(allocate_array(layout_of(size, alignment)), layout_of(size, alignment));
}

// Out of memory: null.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_object(default_layout(size));
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_object(layout_of(size, alignment));
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_array(default_layout(size));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_array(layout_of(size, alignment));
}

void operator delete(void* block, std::size_t size) noexcept {
    deallocate_object(block, default_layout(size));
}
void operator delete(void* block, std::size_t size, std::align_val_t alignment) noexcept {
    deallocate_object(block, layout_of(size, alignment));
}

// Arrays are deleted with their size only if their elements have destructors: it is known anyway.
void operator delete[](void* array) noexcept {
    deallocate_array(array, default_alignment);
}
void operator delete[](void* array, std::size_t) noexcept {
    deallocate_array(array, default_alignment);
}
void operator delete[](void* array, std::align_val_t alignment) noexcept {
    deallocate_array(array, static_cast<std::size_t>(alignment));
}
void operator delete[](void* array, std::size_t, std::align_val_t alignment) noexcept {
    deallocate_array(array, static_cast<std::size_t>(alignment));
}

// Called when a constructor throws, which none does here: only for those who look for all forms.
void operator delete[](void* array, const std::nothrow_t&) noexcept {
    deallocate_array(array, default_alignment);
}
void operator delete[](void* array, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    deallocate_array(array, static_cast<std::size_t>(alignment));
}

// Without optimisation the compiler keeps a branch of std::allocator that never runs, and that
// calls the missing form.
#ifndef __OPTIMIZE__
void operator delete(void*) noexcept {
    panic("HEAP: a block was freed without its size");
}
void operator delete(void*, std::align_val_t) noexcept {
    panic("HEAP: a block was freed without its size");
}
#endif
