// The kernel's allocator beside those of hosted programs, put through the same traces.
//
// The peers are loaded without being linked: mimalloc and jemalloc would take the place of malloc
// in the whole program. All are called through pointers, and told the size of what they free if
// they want to know.

#include "../heap_traces.hpp"
#include "heap/size_class_allocator.hpp"

#include <benchmark/benchmark.h>

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace heap_traces;

constexpr std::size_t kib = 1024;

// Any heap.
struct Heap {
    std::string name;
    void* (*allocate_from)(void* state, std::size_t size);
    void (*deallocate_to)(void* state, void* memory, std::size_t size);
    void* state;

    void* allocate(std::size_t size) { return allocate_from(state, size); }
    void deallocate(void* memory, std::size_t size) { deallocate_to(state, memory, size); }
};

// The heap takes its memory with it.
class OurHeap {
public:
    explicit OurHeap(std::size_t size)
        : memory_(size / sizeof(Unit)), allocator_{std::as_writable_bytes(std::span{memory_})} {}

    Heap heap() {
        return {"ours",
                [](void* state, std::size_t size) {
                    return static_cast<kernel::SizeClassAllocator*>(state)->allocate({size, 8});
                },
                [](void* state, void* memory, std::size_t size) {
                    static_cast<kernel::SizeClassAllocator*>(state)->deallocate(memory, {size, 8});
                },
                &allocator_};
    }

private:
    struct alignas(16) Unit {
        std::byte bytes[16];
    };
    std::vector<Unit> memory_;
    kernel::SizeClassAllocator allocator_;
};

void* library(const char* file) {
    void* const handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        throw std::runtime_error{dlerror()};
    }
    return handle;
}

// A function of this very library, and of none that it has taken the place of.
template <typename Function>
Function* function(void* library, const char* name) {
    void* const address = dlsym(library, name);
    if (address == nullptr) {
        throw std::runtime_error{dlerror()};
    }
    return reinterpret_cast<Function*>(address);
}

struct Functions {
    void* (*allocate)(std::size_t);
    void (*deallocate)(void*, std::size_t);
};

Heap peer(std::string name, Functions& functions) {
    return {std::move(name),
            [](void* state, std::size_t size) {
                return static_cast<Functions*>(state)->allocate(size);
            },
            [](void* state, void* memory, std::size_t size) {
                static_cast<Functions*>(state)->deallocate(memory, size);
            },
            &functions};
}

std::vector<Heap> peers() {
    static Functions glibc{std::malloc, [](void* memory, std::size_t) { std::free(memory); }};
    static void* const mimalloc = library("libmimalloc.so.2");
    static Functions mi{function<void*(std::size_t)>(mimalloc, "mi_malloc"),
                        function<void(void*, std::size_t)>(mimalloc, "mi_free_size")};
    static void* const jemalloc = library("libjemalloc.so.2");
    static auto* const sdallocx = function<void(void*, std::size_t, int)>(jemalloc, "sdallocx");
    static Functions je{function<void*(std::size_t)>(jemalloc, "malloc"),
                        [](void* memory, std::size_t size) { sdallocx(memory, size, 0); }};
    return {peer("glibc", glibc), peer("mimalloc", mi), peer("jemalloc", je)};
}

// What a trace does to one heap: a benchmark's iteration is `pairs` allocations and as many frees.
struct Trace {
    std::string name;
    std::size_t live;  // blocks at a time
    std::size_t pairs; // in an iteration
    std::function<void(Heap&, std::span<Block>, Random&)> warm_up;
    std::function<void(Heap&, std::span<Block>, Random&)> run;
};

Trace random_trace(std::string name, std::size_t live, Sizes& size) {
    return {std::move(name), live, 1000,
            [live, &size](Heap& heap, std::span<Block> blocks, Random& random) {
                fill(heap, blocks, random, size);
                random_steps(heap, blocks, 4 * live, random, size);
            },
            [&size](Heap& heap, std::span<Block> blocks, Random& random) {
                random_steps(heap, blocks, 1000, random, size);
            }};
}

std::vector<Trace> traces() {
    const auto nothing = [](Heap&, std::span<Block>, Random&) {};
    return {
        {"8-byte boxes", 100, 1000, nothing,
         [](Heap& heap, std::span<Block>, Random&) { boxes(heap, 1000); }},
        {"a vector grows to 16 KiB", 100, 12, nothing,
         [](Heap& heap, std::span<Block>, Random&) { vector_growth(heap); }},
        random_trace("random, 100 live", 100, uniform),
        random_trace("random, 1,000 live", 1000, uniform),
        random_trace("random, 1,000 live, small ones more often", 1000, log_uniform),
        random_trace("random, 10,000 live", 10'000, uniform),
        random_trace("random, 100,000 live", 100'000, uniform),
        {"first in, first out, 1,000 live", 1000, 1000,
         [](Heap& heap, std::span<Block> blocks, Random& random) {
             fill(heap, blocks, random, uniform);
             queue_steps(heap, blocks, 4, random);
         },
         [](Heap& heap, std::span<Block> blocks, Random& random) {
             queue_steps(heap, blocks, 1, random);
         }},
        {"last in, first out, 1,000", 1000, 1000, nothing,
         [](Heap& heap, std::span<Block> blocks, Random& random) {
             stack_round(heap, blocks, random);
         }},
    };
}

// A trace in the middle of its run on one heap: it goes on from repetition to repetition.
class Run {
public:
    Run(Trace trace, Heap heap) : trace_{std::move(trace)}, heap_{std::move(heap)} {}

    void measure(benchmark::State& state) {
        if (blocks_.empty()) {
            blocks_.resize(trace_.live);
            trace_.warm_up(heap_, blocks_, random_);
        }
        for ([[maybe_unused]] auto _ : state) {
            trace_.run(heap_, blocks_, random_);
        }
        state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * trace_.pairs));
    }

    std::string name() const { return trace_.name + "/" + heap_.name; }

private:
    Trace trace_;
    Heap heap_;
    std::vector<Block> blocks_;
    Random random_{1};
};

} // namespace

int main(int count, char** arguments) {
    try {
        std::vector<std::unique_ptr<OurHeap>> ours;
        std::vector<std::unique_ptr<Run>> runs;
        for (const Trace& trace : traces()) {
            ours.push_back(std::make_unique<OurHeap>(trace.live * kib));
            runs.push_back(std::make_unique<Run>(trace, ours.back()->heap()));
            for (const Heap& heap : peers()) {
                runs.push_back(std::make_unique<Run>(trace, heap));
            }
        }
        for (const auto& run : runs) {
            benchmark::RegisterBenchmark(run->name().c_str(),
                                         [&run](benchmark::State& state) { run->measure(state); });
        }
        benchmark::Initialize(&count, arguments);
        benchmark::RunSpecifiedBenchmarks();
    } catch (const std::exception& error) {
        std::cerr << "heap_benchmark: " << error.what() << '\n';
        return 1;
    }
}
