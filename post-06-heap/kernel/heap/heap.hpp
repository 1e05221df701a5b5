// The kernel's heap: a range of addresses of its own, mapped as it is needed.
//
//     heap_start - 4 KiB   guard page, never mapped
//     heap_start           100 KiB are mapped at first, more are added page by page
//                          not mapped yet: an access beyond the end is a page fault
//     + largest_heap       never mapped
//
// The heap has no lock. There is one CPU, and interrupt handlers must not allocate: operator new
// checks that they don't.
#pragma once

#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"
#include "memory/direct_map.hpp"
#include "memory/mapper.hpp"
#include "memory/region_frame_allocator.hpp"

#include <expected>

namespace kernel {

// The kernel's allocator. With any of the others in its place the kernel runs too.
using KernelAllocator = SizeClassAllocator;

inline constexpr VirtualAddress heap_start = VirtualAddress::sign_extended(0x4444'4444'0000);
inline constexpr std::size_t initial_heap = 100 * 1024;       // bytes
inline constexpr std::size_t largest_heap = 64 * 1024 * 1024; // bytes

struct HeapStatistics {
    std::size_t mapped;        // bytes
    std::size_t used;          // bytes of blocks in use, with the bytes that the checks add
    std::size_t cached;        // bytes of blocks that are kept ready
    std::size_t free;          // bytes of free blocks
    std::uint64_t allocations; // so far
    std::uint64_t deallocations;
};

class KernelHeap {
public:
    constexpr KernelHeap() = default; // has no memory

    // Maps the first pages. The heap keeps `mapper` and `frames`, and takes more from them as it
    // grows. After an error it is smaller than initial_heap.
    [[nodiscard]] std::expected<void, MapError> initialize(Mapper<DirectMap>& mapper,
                                                           RegionFrameAllocator<DirectMap>& frames);

    // Null if there is not enough memory even after growing, and before initialize().
    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    HeapStatistics statistics() const;

    // Calls visit(std::span<const std::byte>, BlockState) for every block that is not in use.
    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        allocator_.for_each_free_block(visit);
    }

private:
    std::expected<void, MapError> grow(std::size_t size);
    std::expected<void, MapError> map_up_to(VirtualAddress start, std::size_t& mapped,
                                            std::size_t size);

    KernelAllocator allocator_;
    Mapper<DirectMap>* mapper_ = nullptr;
    RegionFrameAllocator<DirectMap>* frames_ = nullptr;
    std::size_t mapped_ = 0;       // bytes
    std::size_t mapped_table_ = 0; // bytes
    std::uint64_t allocations_ = 0;
    std::uint64_t deallocations_ = 0;
};

extern constinit KernelHeap kernel_heap;

} // namespace kernel
