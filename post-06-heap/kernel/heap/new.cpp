// operator new and operator delete, on the kernel's heap. [ISO C++, "Storage allocation and
// deallocation"]
//
// Six forms of delete are missing on purpose: two without a single object's size, which the heap
// needs, and four with std::nothrow, for constructors that throw. A call of one does not link.

#include "console/panic.hpp"
#include "heap/checked_allocator.hpp"
#include "heap/heap.hpp"
#include "heap/unchecked_allocator.hpp"
#include "interrupts/handler.hpp"

#include <new>

using namespace kernel;

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

// `make CHECKED=0` builds without the checks.
#ifdef UNCHECKED
constinit UncheckedAllocator<KernelHeap> blocks{kernel_heap};
#else
constinit CheckedAllocator<KernelHeap, PanicAboutMistake> blocks{kernel_heap, {}};
#endif

// A handler may have interrupted an allocation, with the heap half changed.
void refuse_handlers() {
    if (is_in_interrupt_handler()) {
        panic("an interrupt handler uses the heap");
    }
}

// Null if there is no memory.
void* allocate(Form form, std::size_t size, std::align_val_t alignment) {
    refuse_handlers();
    const Layout layout{size != 0 ? size : 1, static_cast<std::size_t>(alignment)};
    return size <= PTRDIFF_MAX ? blocks.allocate(layout, form) : nullptr;
}

void* allocate_or_panic(Form form, std::size_t size, std::align_val_t alignment) {
    void* const block = allocate(form, size, alignment);
    if (block == nullptr) {
        const HeapStatistics heap = kernel_heap.statistics();
        panic("out of memory: size={} align={}\n"
              "  the heap has {} KiB: {} bytes in use, {} cached, {} free; it may have {} KiB",
              size, static_cast<std::size_t>(alignment), heap.mapped / 1024, heap.used, heap.cached,
              heap.free, largest_heap / 1024);
    }
    return block;
}

// A size of 0 means that it is not known, or that `new` was asked for 0 bytes.
void deallocate(Form form, void* block, std::size_t size, std::align_val_t alignment) {
    refuse_handlers();
    if (block != nullptr) {
        blocks.deallocate(block, {size, static_cast<std::size_t>(alignment)}, form);
    }
}

constexpr std::align_val_t usual{__STDCPP_DEFAULT_NEW_ALIGNMENT__};

} // namespace

const std::nothrow_t std::nothrow{};

// These panic if there is no memory.
void* operator new(std::size_t size) {
    return allocate_or_panic(Form::object, size, usual);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocate_or_panic(Form::object, size, alignment);
}
void* operator new[](std::size_t size) {
    return allocate_or_panic(Form::array, size, usual);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocate_or_panic(Form::array, size, alignment);
}

// These return null if there is no memory.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate(Form::object, size, usual);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate(Form::object, size, alignment);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate(Form::array, size, usual);
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate(Form::array, size, alignment);
}

void operator delete(void* block, std::size_t size) noexcept {
    deallocate(Form::object, block, size, usual);
}
void operator delete(void* block, std::size_t size, std::align_val_t alignment) noexcept {
    deallocate(Form::object, block, size, alignment);
}

// The compilers pass an array's size only if its elements have destructors.
void operator delete[](void* array) noexcept {
    deallocate(Form::array, array, 0, usual);
}
void operator delete[](void* array, std::size_t size) noexcept {
    deallocate(Form::array, array, size, usual);
}
void operator delete[](void* array, std::align_val_t alignment) noexcept {
    deallocate(Form::array, array, 0, alignment);
}
void operator delete[](void* array, std::size_t size, std::align_val_t alignment) noexcept {
    deallocate(Form::array, array, size, alignment);
}

// Without optimisation the compilers keep a branch of std::allocator that never runs, and that
// calls the forms without a size.
#ifndef __OPTIMIZE__
void operator delete(void*) noexcept {
    panic("HEAP: a block was freed without its size");
}
void operator delete(void*, std::align_val_t) noexcept {
    panic("HEAP: a block was freed without its size");
}
#endif
