// Never has any memory: the least that an allocator can be.
#pragma once

#include "heap/allocator.hpp"

#include <utility>

namespace kernel {

class NullAllocator {
public:
    [[nodiscard]] void* allocate(Layout) { return nullptr; }

    // Nothing was ever given out that could come back.
    void deallocate(void*, Layout) { std::unreachable(); }
};

static_assert(Allocator<NullAllocator>);

} // namespace kernel
