// The cost of an allocation and its deallocation together, in instructions, without the two calls.
// What a trace does before its steady state is not counted.

#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"
#include "heap_traces.hpp"
#include "measured_memory.hpp"
#include "metered_heap.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

using namespace kernel;
using namespace kernel_test;
using namespace heap_traces;

namespace {

constexpr std::size_t small_arena = 100 * kib;
constexpr std::size_t most_live = 100'000;

constinit MeasuredMemory measured{};

template <typename A>
void report(std::string_view allocator, std::string_view trace, const MeteredHeap<A>& heap) {
    println("figure: {}: {} = {} instructions", allocator, trace, heap.per_pair());
    if (heap.has_failed()) {
        println("{}: {}: an allocation has failed", allocator, trace);
        exit_emulator(Exit::failed);
    }
}

template <typename A>
void measure_boxes(std::string_view name) {
    MeteredHeap<A> heap{measured.arena.first(small_arena)};
    boxes(heap, 10);
    heap.reset();
    boxes(heap, 1000);
    report(name, "8-byte boxes", heap);
}

template <typename A>
void measure_vector(std::string_view name) {
    MeteredHeap<A> heap{measured.arena.first(small_arena)};
    vector_growth(heap);
    heap.reset();
    vector_growth(heap);
    report(name, "a vector grows to 16 KiB", heap);
}

// Uses 1 KiB of memory for each live block: twice what uniform sizes take. Returns the worst single
// operation.
template <typename A>
std::uint64_t measure_random(std::string_view name, std::string_view trace, std::size_t count,
                             Sizes& size) {
    Random random{count};
    MeteredHeap<A> heap{measured.arena.first(count * kib)};
    const std::span<Block> live = measured.blocks.first(count);
    fill(heap, live, random, size);
    random_steps(heap, live, 4 * count, random, size);
    heap.reset();
    random_steps(heap, live, std::max<std::size_t>(count, 10'000), random, size);
    report(name, trace, heap);
    return heap.worst();
}

template <typename A>
void measure_queue_and_stack(std::string_view name) {
    constexpr std::size_t count = 1000;
    const std::span<Block> live = measured.blocks.first(count);
    Random random{1};
    MeteredHeap<A> queue{measured.arena.first(count * kib)};
    fill(queue, live, random, uniform);
    for (std::size_t round = 0; round < 8; ++round) {
        if (round == 4) {
            queue.reset();
        }
        queue_round(queue, live, random);
    }
    report(name, "first in, first out, 1,000 live", queue);
    MeteredHeap<A> stack{measured.arena.first(count * kib)};
    for (std::size_t round = 0; round < 8; ++round) {
        if (round == 4) {
            stack.reset();
        }
        stack_round(stack, live, random);
    }
    report(name, "last in, first out, 1,000 blocks", stack);
}

// The extra cost of a pair with 10,000 holes instead of 1,000, per hole, in tenths.
template <typename A>
void measure_holes(std::string_view name) {
    constexpr std::array<std::size_t, 2> counts{1'000, 10'000};
    std::array<std::uint64_t, 2> costs{};
    for (std::size_t i = 0; i < 2; ++i) {
        const auto memory = measured.arena.first(hole_arena(counts[i]));
        MeteredHeap<A> heap{memory};
        make_holes(heap, measured.blocks, counts[i], memory);
        heap.reset();
        heap.deallocate(heap.allocate(128), 128);
        costs[i] = heap.sum();
    }
    const std::uint64_t tenths = (costs[1] - costs[0]) * 10 / (counts[1] - counts[0]);
    println("figure: {}: each hole in front = {}.{} instructions", name, tenths / 10, tenths % 10);
}

// The traces for every allocator that can reuse memory.
template <typename A>
std::uint64_t measure_all(std::string_view name) {
    measure_boxes<A>(name);
    measure_vector<A>(name);
    const std::uint64_t worst[] = {
        measure_random<A>(name, "random, 100 live", 100, uniform),
        measure_random<A>(name, "random, 1,000 live", 1000, uniform),
        measure_random<A>(name, "random, 1,000 live, small ones more often", 1000, log_uniform)};
    measure_queue_and_stack<A>(name);
    return std::ranges::max(worst);
}

// For allocators whose cost should not grow with the number of blocks.
template <typename A>
void measure_constant(std::string_view name) {
    const std::uint64_t worst[] = {
        measure_all<A>(name), measure_random<A>(name, "random, 10,000 live", 10'000, uniform),
        measure_random<A>(name, "random, 100,000 live", 100'000, uniform)};
    println("figure: {}: worst single operation = {} instructions", name, std::ranges::max(worst));
}

// Fills the memory with blocks of 16 bytes, frees all of them, and then allocates nearly all of the
// memory in one piece.
template <typename A>
void measure_running_out(std::string_view name) {
    MeteredHeap<A> heap{measured.arena.first(small_arena)};
    Random random{1};
    const std::span<Block> blocks = measured.blocks.first(small_arena / 16);
    std::ranges::fill(blocks, Block{});
    fill_up(heap, blocks, random, always<16>);
    deallocate_all(heap, blocks);
    heap.reset();
    static_cast<void>(heap.allocate(small_arena - 2 * kib));
    println("figure: {}: a block that takes all free ones, 100 KiB = {} instructions", name,
            heap.worst());
}

// Including `new` and `delete` themselves, and the build's checks.
void measure_new() {
    const auto make = +[] { return hidden(new std::uint64_t{}); };
    const auto end = +[](std::uint64_t* object) { delete object; };
    std::uint64_t pair = 0;
    for (int i = 0; i < 100; ++i) { // until the checks, too, have come to rest
        const auto made = timed_call(reinterpret_cast<void (*)()>(make), nullptr, 0);
        const auto ended = timed_call(reinterpret_cast<void (*)()>(end), made.result, 0);
        pair = instructions_of(made) + instructions_of(ended);
    }
    println("figure: new and delete of 8 bytes = {} instructions", pair);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    measured = MeasuredMemory::map(memory, most_live * kib, most_live);
    measure_boxes<BumpAllocator>("bump");
    measure_all<LinkedListAllocator>("linked list");
    measure_holes<LinkedListAllocator>("linked list");
    measure_constant<SegregatedFit>("segregated fit");
    measure_constant<SizeClassAllocator>("size classes");
    measure_running_out<SizeClassAllocator>("size classes");
    measure_new();
    exit_emulator(Exit::passed);
}
