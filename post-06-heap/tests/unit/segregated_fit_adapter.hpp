// SegregatedFit as an Allocator of its own, for the tests that all allocators share.
#pragma once

#include "heap/allocator.hpp"
#include "heap/segregated_fit.hpp"

class SegregatedFitAdapter {
public:
    explicit SegregatedFitAdapter(std::span<std::byte> memory) : fit_{memory} {}

    void* allocate(kernel::Layout layout) {
        const std::size_t count = granules(layout);
        return layout.alignment <= kernel::SegregatedFit::granule
                   ? fit_.allocate(count)
                   : fit_.allocate_aligned(count, layout.alignment);
    }
    void deallocate(void* block, kernel::Layout layout) {
        fit_.deallocate(block, granules(layout));
    }

private:
    static std::size_t granules(kernel::Layout layout) {
        return (layout.size + kernel::SegregatedFit::granule - 1) / kernel::SegregatedFit::granule;
    }

    kernel::SegregatedFit fit_;
};

static_assert(kernel::Allocator<SegregatedFitAdapter>);
