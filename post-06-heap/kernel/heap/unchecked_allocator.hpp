// Takes the place of CheckedAllocator when the kernel is built without its checks. It adds nothing
// to a single object, and stores the size of an array in front of it.
#pragma once

#include "heap/allocator.hpp"

#include <algorithm>

namespace kernel {

template <typename Inner>
class UncheckedAllocator {
public:
    constexpr explicit UncheckedAllocator(Inner& inner) : inner_{inner} {}

    [[nodiscard]] void* allocate(Layout layout, Form form) {
        const std::size_t front = front_of(layout, form);
        void* const memory = inner_.allocate({front + layout.size, layout.alignment});
        if (memory == nullptr || front == 0) {
            return memory;
        }
        void* const array = static_cast<std::byte*>(memory) + front;
        static_cast<std::size_t*>(array)[-1] = layout.size;
        return array;
    }

    void deallocate(void* block, Layout layout, Form form) {
        const std::size_t front = front_of(layout, form);
        const std::size_t size = front == 0 ? std::max(layout.size, std::size_t{1})
                                            : static_cast<std::size_t*>(block)[-1];
        inner_.deallocate(static_cast<std::byte*>(block) - front, {front + size, layout.alignment});
    }

private:
    static constexpr std::size_t front_of(Layout layout, Form form) {
        return form == Form::array ? std::max(layout.alignment, granule) : 0;
    }

    Inner& inner_;
};

} // namespace kernel
