// The kernel's heap: memory that begins small, at an address of its own, and grows as it is used.
//
//     heap_start - 4 KiB   guard page: nothing is mapped
//     heap_start           mapped: 100 KiB at first, later page by page more
//                          not yet mapped: whoever runs over the end is stopped
//     + largest_heap       nothing is ever mapped
//
// The bits that SegregatedFit wants for it lie apart, and grow with it.
//
// No lock: there is one CPU, and interrupt handlers do not allocate, which is checked.
#pragma once

#include "heap/size_class_allocator.hpp"
#include "memory/direct_map.hpp"
#include "memory/mapper.hpp"
#include "memory/region_frame_allocator.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>

namespace kernel {

inline constexpr VirtualAddress heap_start = VirtualAddress::sign_extended(0x4444'4444'0000);
inline constexpr std::size_t initial_heap = 100 * 1024; // bytes, as the next one
inline constexpr std::size_t largest_heap = 64 * 1024 * 1024;

struct HeapStatistics {
    std::size_t mapped;        // bytes, as all of these but the counts
    std::size_t used;          // by blocks in use, their rounding up and their checks included
    std::size_t cached;        // in blocks kept ready for their size
    std::size_t free;          // in free blocks
    std::uint64_t allocations; // so far
    std::uint64_t deallocations;
};

class KernelHeap {
public:
    constexpr KernelHeap() = default; // has no memory yet

    // Maps the first pages. From then on it takes frames and pages from these two as it needs them:
    // they must live as long as the heap. To be called once. An error: it is smaller than it should
    // be.
    [[nodiscard]] std::expected<void, MapError> initialize(Mapper<DirectMap>& mapper,
                                                           RegionFrameAllocator<DirectMap>& frames);

    // Null if there is no such block, even after growing; and before there is a heap.
    [[nodiscard]] void* allocate(Layout layout);
    void deallocate(void* block, Layout layout);

    HeapStatistics statistics() const;

    // Calls visit(std::span<const std::byte>) for every free block, in the order of their
    // addresses, and for every one that is kept ready, in no order.
    template <typename Visit>
    void for_each_free_block(Visit&& visit) const {
        allocator_.for_each_free_block(visit);
    }
    template <typename Visit>
    void for_each_cached_block(Visit&& visit) const {
        allocator_.for_each_cached_block(visit);
    }

private:
    static constexpr std::size_t page_bytes = size_in_bytes(PageSize::kib4);

    std::expected<void, MapError> grow(std::size_t size);
    std::expected<void, MapError> map_up_to(VirtualAddress start, std::size_t& mapped,
                                            std::size_t size);

    SizeClassAllocator allocator_;
    Mapper<DirectMap>* mapper_ = nullptr;
    RegionFrameAllocator<DirectMap>* frames_ = nullptr;
    std::size_t mapped_ = 0;       // bytes
    std::size_t mapped_edges_ = 0; // bytes
    std::uint64_t allocations_ = 0;
    std::uint64_t deallocations_ = 0;
};

extern constinit KernelHeap kernel_heap;

} // namespace kernel
