// What an allocation and its deallocation cost together, in instructions, without the two calls
// themselves; and how much of 100 KiB is there for those who want it.

#include "heap/bump_allocator.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/size_class_allocator.hpp"
#include "heap_traces.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

using namespace kernel;
using namespace kernel_test;
using namespace heap_traces;

namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t small_arena = 100 * kib;
constexpr std::size_t most_live = 100'000;

// Memory that the traces play with, and a list of the blocks that they have.
constinit std::span<std::byte> arena;
constinit std::span<Block> blocks;

std::byte* map_memory(MachineMemory& memory, std::uint64_t start, std::size_t size) {
    for (std::uint64_t page = start; page < start + size; page += bytes(PageSize::kib4)) {
        const auto frame = memory.frames.allocate();
        auto flush =
            memory.mapper.map(Page<>::containing(VirtualAddress::sign_extended(page)), *frame,
                              EntryFlag::writable | EntryFlag::no_execute, memory.frames);
        if (!flush) {
            panic("the measurement has no memory: {}", describe(flush.error()));
        }
        std::move(*flush).ignore();
    }
    return reinterpret_cast<std::byte*>(start);
}

template <typename A>
[[gnu::noinline]] void* call_allocate(A& allocator, std::size_t size) {
    return allocator.allocate({size, 8});
}
template <typename A>
[[gnu::noinline]] void call_deallocate(A& allocator, void* block, std::size_t size) {
    allocator.deallocate(block, {size, 8});
}

// A call with as many arguments and nothing but its return.
template <typename A>
[[gnu::noinline]] void* call_nothing(A&, std::size_t) {
    void* result;
    asm volatile("" : "=r"(result) : : "memory");
    return result;
}

// The time stamp counter's difference for `call` alone.
template <typename Call>
std::uint64_t time(Call call) {
    const std::uint64_t start = read_time_stamp_counter();
    call();
    return read_time_stamp_counter() - start;
}

// An allocator with a meter at its door.
template <typename A>
class Metered {
public:
    explicit Metered(std::span<std::byte> memory) : allocator_{memory} {
        void* block = nullptr;
        nothing_ = time([&] { block = call_nothing(allocator_, 8); });
        asm volatile("" : : "r"(block));
    }

    void* allocate(std::size_t size) {
        void* block = nullptr;
        note(time([&] { block = call_allocate(allocator_, size); }));
        failures_ += block == nullptr ? 1 : 0;
        return block;
    }
    void deallocate(void* block, std::size_t size) {
        note(time([&] { call_deallocate(allocator_, block, size); }));
    }

    void reset() { operations_ = sum_ = worst_ = 0; }
    std::uint64_t worst() const { return worst_; }
    std::uint64_t sum() const { return sum_; }

    // Half of the operations are allocations: rounded to the nearest.
    std::uint64_t per_pair() const { return (2 * sum_ + operations_ / 2) / operations_; }
    bool has_failed() const { return failures_ != 0; }

private:
    void note(std::uint64_t spent) {
        const std::uint64_t cost = instructions(spent, nothing_) + 1; // with its return
        sum_ += cost;
        worst_ = std::max(worst_, cost);
        ++operations_;
    }

    A allocator_;
    std::uint64_t nothing_ = 0;
    std::uint64_t sum_ = 0;
    std::uint64_t worst_ = 0;
    std::uint64_t operations_ = 0;
    std::uint64_t failures_ = 0;
};

template <typename A>
void report(std::string_view allocator, std::string_view trace, const Metered<A>& heap) {
    println("figure: {}: {} = {} instructions", allocator, trace, heap.per_pair());
    if (heap.has_failed()) {
        println("{}: {}: an allocation has failed", allocator, trace);
        exit_emulator(Exit::failed);
    }
}

template <typename A>
void measure_boxes(std::string_view name) {
    Metered<A> heap{arena.first(small_arena)};
    boxes(heap, 10);
    heap.reset();
    boxes(heap, 1000);
    report(name, "8-byte boxes", heap);
}

template <typename A>
void measure_vector(std::string_view name) {
    Metered<A> heap{arena.first(small_arena)};
    vector_growth(heap);
    heap.reset();
    vector_growth(heap);
    report(name, "a vector grows to 16 KiB", heap);
}

// Twice as much memory as the live blocks take on average.
template <typename A>
std::uint64_t measure_random(std::string_view name, std::string_view trace, std::size_t count,
                             Sizes& size) {
    Random random{count};
    Metered<A> heap{arena.first(count * kib)};
    const std::span<Block> live = blocks.first(count);
    fill(heap, live, random, size);
    random_steps(heap, live, 4 * count, random, size);
    heap.reset();
    random_steps(heap, live, std::max<std::size_t>(count, 10'000), random, size);
    report(name, trace, heap);
    return heap.worst();
}

template <typename A>
void measure_queue_and_stack(std::string_view name) {
    Random random{1};
    const std::span<Block> live = blocks.first(1000);
    Metered<A> queue{arena.first(1000 * kib)};
    fill(queue, live, random, uniform);
    queue_steps(queue, live, 4, random);
    queue.reset();
    queue_steps(queue, live, 4, random);
    report(name, "first in, first out, 1,000 live", queue);
    Metered<A> stack{arena.first(1000 * kib)};
    stack_round(stack, live, random);
    stack.reset();
    stack_round(stack, live, random);
    report(name, "last in, first out, 1,000", stack);
}

// The difference that a thousand more holes make.
template <typename A>
void measure_holes(std::string_view name) {
    std::uint64_t costs[2];
    for (std::size_t i = 0; i < 2; ++i) {
        Metered<A> heap{arena.first(1000 * kib)};
        make_holes(heap, blocks.first((i + 1) * 2000));
        heap.reset();
        heap.deallocate(heap.allocate(128), 128);
        costs[i] = heap.sum();
    }
    println("figure: {}: each hole in front = {} instructions", name, (costs[1] - costs[0]) / 1000);
}

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

void measure_size_classes() {
    using A = SizeClassAllocator;
    constexpr std::string_view name = "size classes";
    const std::uint64_t worst[] = {
        measure_all<A>(name), measure_random<A>(name, "random, 10,000 live", 10'000, uniform),
        measure_random<A>(name, "random, 100,000 live", 100'000, uniform)};
    println("figure: {}: worst single operation = {} instructions", name, std::ranges::max(worst));

    Metered<A> heap{arena.first(small_arena)};
    Random random{1};
    fill_up(heap, blocks, random, sixteen);
    deallocate_all(heap, blocks.first(small_arena / 16));
    heap.reset();
    static_cast<void>(heap.allocate(small_arena - kib));
    println("figure: {}: worst when memory runs out, 100 KiB = {} instructions", name,
            heap.worst());
}

// Tenths of a percent of 100 KiB.
void report_share(std::string_view name, std::string_view what, std::size_t share) {
    println("figure: {}: {}, of 100 KiB = {} per-mille", name, what, share * 1000 / small_arena);
}

template <typename A>
class Plain {
public:
    explicit Plain(std::span<std::byte> memory) : allocator_{memory} {}
    void* allocate(std::size_t size) { return allocator_.allocate({size, 8}); }
    void deallocate(void* block, std::size_t size) { allocator_.deallocate(block, {size, 8}); }

private:
    A allocator_;
};

// In steps of a percent, over three runs each.
template <typename A>
std::size_t highest_churn(Sizes& size) {
    std::size_t survived = 0;
    for (std::size_t target = small_arena / 2; target < small_arena; target += small_arena / 100) {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            Plain<A> heap{arena.first(small_arena)};
            Random random{seed};
            std::ranges::fill(blocks.first(small_arena / 8), Block{});
            if (!churn(heap, blocks, target, 20'000, random, size)) {
                return survived;
            }
        }
        survived = target;
    }
    return survived;
}

template <typename A>
std::size_t average_fill(Sizes& size) {
    constexpr std::size_t runs = 20;
    std::size_t sum = 0;
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
        Plain<A> heap{arena.first(small_arena)};
        Random random{seed};
        sum += fill_up(heap, blocks, random, size);
    }
    return sum / runs;
}

// The largest block after everything was in use and has come back.
template <typename A>
std::size_t recovered() {
    Plain<A> heap{arena.first(small_arena)};
    Random random{1};
    std::ranges::fill(blocks.first(small_arena / 8), Block{});
    fill_up(heap, blocks, random, uniform);
    deallocate_all(heap, blocks.first(small_arena / 8));
    std::size_t size = small_arena;
    while (size != 0 && heap.allocate(size) == nullptr) {
        size -= 16;
    }
    return size;
}

template <typename A>
void measure_space(std::string_view name) {
    Random random{1};
    Plain<A> heap{arena.first(small_arena)};
    report_share(name, "16-byte objects", fill_up(heap, blocks, random, sixteen));
    report_share(name, "random sizes until it is full", average_fill<A>(uniform));
    report_share(name, "the same, small ones more often", average_fill<A>(log_uniform));
    report_share(name, "random sizes that come and go", highest_churn<A>(uniform));
    report_share(name, "the same, small ones more often, come and go",
                 highest_churn<A>(log_uniform));
    report_share(name, "largest block after all came back", recovered<A>());
}

// With `new` around it, and in the default build its checks.
void measure_new() {
    constexpr std::uint64_t pairs = 1000;
    const auto run = [] {
        for (std::uint64_t i = 0; i < pairs; ++i) {
            delete hidden(new std::uint64_t{i});
        }
    };
    run();
    println("figure: new and delete of 8 bytes = {} instructions",
            instructions(time(run), 0) / pairs);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    blocks = {
        reinterpret_cast<Block*>(map_memory(memory, 0x6666'0000'0000, most_live * sizeof(Block))),
        most_live};
    arena = {map_memory(memory, 0x7777'0000'0000, most_live * kib), most_live * kib};
    measure_boxes<BumpAllocator>("bump");
    measure_all<LinkedListAllocator>("linked list");
    measure_holes<LinkedListAllocator>("linked list");
    measure_space<LinkedListAllocator>("linked list");
    measure_size_classes();
    measure_space<SizeClassAllocator>("size classes");
    measure_new();
    exit_emulator(Exit::passed);
}
