// What every allocator of this kernel can do.
//
// An allocator is a plain class over memory that it is given: it knows of no kernel, no pages and
// no other allocator, so a test can run it on an array.
#pragma once

#include "heap/layout.hpp"

#include <concepts>

namespace kernel {

template <typename T>
concept Allocator = requires(T& allocator, Layout layout, void* block) {
    // Memory for `layout` that nobody else has; null if there is none.
    { allocator.allocate(layout) } -> std::same_as<void*>;
    // Takes back what allocate() gave for the same layout. C++ knows an object's size when it
    // deletes it: no allocator has to write it down.
    { allocator.deallocate(block, layout) } -> std::same_as<void>;
};

} // namespace kernel
