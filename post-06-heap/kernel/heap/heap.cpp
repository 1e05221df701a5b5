#include "heap/heap.hpp"

#include "memory/cpu_paging.hpp"

#include <algorithm>

namespace kernel {

constinit KernelHeap kernel_heap;

namespace {

// The allocator's table lies below the heap, with room for that of the largest heap.
constexpr VirtualAddress table_start = VirtualAddress::sign_extended(0x4444'4000'0000);
static_assert(table_start.value() + KernelAllocator::table_bytes(largest_heap) +
                  size_in_bytes(PageSize::kib4) <
              heap_start.value());
constexpr std::size_t page_bytes = size_in_bytes(PageSize::kib4);

} // namespace

std::expected<void, MapError> KernelHeap::initialize(Mapper<DirectMap>& mapper,
                                                     RegionFrameAllocator<DirectMap>& frames) {
    mapper_ = &mapper;
    frames_ = &frames;
    allocator_ = KernelAllocator{heap_start.as<std::byte>(), table_start.as<std::uint64_t>()};
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
    ++deallocations_;
    allocator_.deallocate(block, layout);
}

// Maps more pages for a block of `size` bytes, as far as there are addresses for them.
std::expected<void, MapError> KernelHeap::grow(std::size_t size) {
    const std::size_t more = std::min(align_up(size, page_bytes), largest_heap - mapped_);
    if (more / page_bytes > frames_->free_count()) {
        return std::unexpected{MapError::out_of_frames}; // without using up the last frames
    }
    const std::size_t before = mapped_;
    auto result =
        map_up_to(table_start, mapped_table_, KernelAllocator::table_bytes(mapped_ + more));
    if (result) {
        result = map_up_to(heap_start, mapped_, mapped_ + more);
    }
    allocator_.grow(mapped_ - before);
    return result;
}

// Maps pages from `start + mapped` on until `size` bytes are mapped, and keeps count in `mapped`.
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
    HeapStatistics all{.mapped = mapped_,
                       .used = mapped_,
                       .cached = 0,
                       .free = 0,
                       .allocations = allocations_,
                       .deallocations = deallocations_};
    for_each_free_block([&all](std::span<const std::byte> block, BlockState state) {
        (state == BlockState::free ? all.free : all.cached) += block.size();
        all.used -= block.size();
    });
    return all;
}

} // namespace kernel
