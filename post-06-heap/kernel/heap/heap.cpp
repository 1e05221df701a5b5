#include "heap/heap.hpp"

#include "memory/cpu_paging.hpp"

#include <algorithm>

namespace kernel {

constinit KernelHeap kernel_heap;

namespace {

// Far enough in front of the heap for the edges of any size.
constexpr VirtualAddress heap_edges = VirtualAddress::sign_extended(0x4444'4000'0000);
static_assert(heap_edges.value() + SegregatedFit::edge_bytes(largest_heap) +
                  size_in_bytes(PageSize::kib4) <
              heap_start.value());

} // namespace

std::expected<void, MapError> KernelHeap::initialize(Mapper<DirectMap>& mapper,
                                                     RegionFrameAllocator<DirectMap>& frames) {
    mapper_ = &mapper;
    frames_ = &frames;
    allocator_ = SizeClassAllocator{heap_edges.as<std::uint64_t>(),
                                    std::span{heap_start.as<std::byte>(), 0}};
    return grow(initial_heap);
}

void* KernelHeap::allocate(Layout layout) {
    void* block = allocator_.allocate(layout);
    if (block == nullptr && frames_ != nullptr && layout.size <= largest_heap &&
        layout.alignment <= largest_heap) {
        static_cast<void>(grow(layout.size + layout.alignment)); // as far as it can
        block = allocator_.allocate(layout);
    }
    if (block != nullptr) {
        ++allocations_;
    }
    return block;
}

void KernelHeap::deallocate(void* block, Layout layout) {
    allocator_.deallocate(block, layout);
    ++deallocations_;
}

std::expected<void, MapError> KernelHeap::grow(std::size_t size) {
    const std::size_t more = std::min(align_up(size, page_bytes), largest_heap - mapped_);
    if (more / page_bytes > frames_->free_count()) {
        return std::unexpected{
            MapError::out_of_frames}; // rather than take the last ones for nothing
    }
    const std::size_t all = mapped_ + more;
    if (auto edges = map_up_to(heap_edges, mapped_edges_, SegregatedFit::edge_bytes(all)); !edges) {
        return edges;
    }
    const std::size_t before = mapped_;
    auto mapped = map_up_to(heap_start, mapped_, all);
    allocator_.grow(mapped_ - before); // as far as it got
    return mapped;
}

// Maps pages from `start + mapped` on until `size` bytes are mapped, and counts them.
std::expected<void, MapError> KernelHeap::map_up_to(VirtualAddress start, std::size_t& mapped,
                                                    std::size_t size) {
    const EntryFlags flags = EntryFlag::writable | no_execute_if_possible();
    while (mapped < size) {
        const auto frame = frames_->allocate();
        if (!frame) {
            return std::unexpected{MapError::out_of_frames};
        }
        std::fill_n(direct_map.words_in(*frame), page_bytes / sizeof(std::uint64_t), 0);
        const auto page = Page<>::containing(VirtualAddress::sign_extended(start.value() + mapped));
        if (const auto done = mapper_->map(page, *frame, flags, *frames_); !done) {
            static_cast<void>(frames_->free(*frame)); // it was allocated above
            return done;
        }
        mapped += page_bytes;
    }
    return {};
}

HeapStatistics KernelHeap::statistics() const {
    const std::size_t cached = allocator_.cached_bytes();
    const std::size_t free = allocator_.free_bytes();
    return {.mapped = mapped_,
            .used = mapped_ - cached - free,
            .cached = cached,
            .free = free,
            .allocations = allocations_,
            .deallocations = deallocations_};
}

} // namespace kernel
