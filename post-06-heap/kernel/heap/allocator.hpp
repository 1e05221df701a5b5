// The functions that every allocator of the kernel has.
//
// An allocator hands out parts of one range of memory, its blocks. It knows nothing of pages and
// of the kernel around it, so a test can run it on an array.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kernel {

// The size and alignment of a block. Both are given when it is allocated and again when it is
// freed: in C++ a delete expression knows the type, so no allocator has to write them down.
struct Layout {
    std::size_t size;      // bytes, at least 1
    std::size_t alignment; // a power of two

    friend constexpr bool operator==(Layout, Layout) = default;
};

// Whether a block is from `new` or from `new[]`.
enum class Form : std::uint8_t { object, array };

// The nearest multiple of `alignment`, a power of two: align_up() returns one that is not below
// `value`, align_down() one that is not above it.
constexpr std::size_t align_up(std::size_t value, std::size_t alignment) {
    return (value + alignment - 1) & ~(alignment - 1);
}
constexpr std::size_t align_down(std::size_t value, std::size_t alignment) {
    return value & ~(alignment - 1);
}

// A block that is not in use is either free, and joined with the free memory around it, or cached,
// which means kept ready for the next allocation of its size.
enum class BlockState : std::uint8_t { free, cached };

using FreeBlockVisitor = void(std::span<const std::byte> block, BlockState state);

// The start of an allocator's memory and every number of bytes that is added to it are multiples of
// this.
inline constexpr std::size_t granule = 16; // bytes

// An allocator that is constructed with T(start, table) has no memory yet: grow(bytes) gives it the
// first bytes from `start` on, and more after them each time. The table lies elsewhere, is zeroed,
// and has at least table_bytes() bytes for all of the memory; most allocators need none.
template <typename T>
concept Allocator = std::constructible_from<T, std::byte*, std::uint64_t*> &&
                    requires(T& allocator, Layout layout, void* block, std::size_t bytes,
                             const T& unchanged, FreeBlockVisitor& visit) {
                        { T::table_bytes(bytes) } -> std::same_as<std::size_t>;
                        { allocator.grow(bytes) } -> std::same_as<void>;
                        // Memory for `layout` that is in no other block; null if there is none.
                        { allocator.allocate(layout) } -> std::same_as<void*>;
                        // Takes back what allocate() returned for the same layout.
                        { allocator.deallocate(block, layout) } -> std::same_as<void>;
                        // Visits every block that is not in use, the free ones by address.
                        unchanged.for_each_free_block(visit);
                    };

} // namespace kernel
