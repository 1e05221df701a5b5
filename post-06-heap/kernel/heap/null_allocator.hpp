// Never has any memory: what `new` falls back on before there is a heap.
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
