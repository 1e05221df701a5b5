// The kernel's allocator compared with those of hosted programs, on the same traces. The time that
// a trace takes itself, mostly for random numbers, is part of all results.

#include "../heap_traces.hpp"
#include "contestants.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace heap_traces;

// `live` is the largest number of live blocks, in twice as much memory as they take on average, and
// `pairs` the number of allocations and deallocations of a run.

struct Boxes {
    static constexpr std::size_t live = 100;
    static constexpr std::size_t pairs = 1000;

    static void warm_up(auto&, std::span<Block>, Random&) {}
    static void run(auto& heap, std::span<Block>, Random&) { boxes(heap, pairs); }
};

struct VectorGrowth {
    static constexpr std::size_t live = 100;
    static constexpr std::size_t pairs = vector_pairs;

    static void warm_up(auto&, std::span<Block>, Random&) {}
    static void run(auto& heap, std::span<Block>, Random&) { vector_growth(heap); }
};

template <std::size_t blocks, Sizes& size>
struct RandomSteps {
    static constexpr std::size_t live = blocks;
    static constexpr std::size_t pairs = 1000;

    static void warm_up(auto& heap, std::span<Block> list, Random& random) {
        fill(heap, list, random, size);
        random_steps(heap, list, 4 * live, random, size);
    }
    static void run(auto& heap, std::span<Block> list, Random& random) {
        random_steps(heap, list, pairs, random, size);
    }
};

struct Queue {
    static constexpr std::size_t live = 1000;
    static constexpr std::size_t pairs = live;

    static void warm_up(auto& heap, std::span<Block> list, Random& random) {
        fill(heap, list, random, uniform);
        for (int round = 0; round < 4; ++round) {
            queue_round(heap, list, random);
        }
    }
    static void run(auto& heap, std::span<Block> list, Random& random) {
        queue_round(heap, list, random);
    }
};

struct Stack {
    static constexpr std::size_t live = 1000;
    static constexpr std::size_t pairs = live;

    static void warm_up(auto&, std::span<Block>, Random&) {}
    static void run(auto& heap, std::span<Block> list, Random& random) {
        stack_round(heap, list, random);
    }
};

// A trace on one heap. No other trace has blocks at the same time: the other heaps exist only once.
template <typename Trace, typename Heap>
class Run {
public:
    Run() { Trace::warm_up(heap_, blocks_, random_); }
    ~Run() { deallocate_all(heap_, std::span{blocks_}); }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void measure(benchmark::State& state) {
        for ([[maybe_unused]] auto _ : state) {
            Trace::run(heap_, blocks_, random_);
        }
        state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(Trace::pairs));
    }

private:
    Heap heap_{Trace::live * 1024};
    std::vector<Block> blocks_{Trace::live};
    Random random_{1};
};

template <typename Trace, typename Heap>
void add_run(const std::string& trace) {
    const std::string name = trace + "/" + std::string{Heap::name};
    benchmark::RegisterBenchmark(name.c_str(), [](benchmark::State& state) {
        Run<Trace, Heap> run;
        run.measure(state);
    });
}

template <typename Trace>
void add(const std::string& trace) {
    using namespace contestants;
    add_run<Trace, Ours>(trace);
    add_run<Trace, Glibc>(trace);
    add_run<Trace, Mimalloc>(trace);
    add_run<Trace, Jemalloc>(trace);
}

} // namespace

int main(int count, char** arguments) {
    try {
        add<Boxes>("8-byte boxes");
        add<VectorGrowth>("a vector grows to 16 KiB");
        add<RandomSteps<100, uniform>>("random, 100 live");
        add<RandomSteps<1000, uniform>>("random, 1,000 live");
        add<RandomSteps<1000, log_uniform>>("random, 1,000 live, small ones more often");
        add<RandomSteps<10'000, uniform>>("random, 10,000 live");
        add<RandomSteps<100'000, uniform>>("random, 100,000 live");
        add<Queue>("first in, first out, 1,000 live");
        add<Stack>("last in, first out, 1,000 blocks");
        benchmark::Initialize(&count, arguments);
        benchmark::RunSpecifiedBenchmarks();
    } catch (const std::exception& error) {
        std::cerr << "heap_benchmark: " << error.what() << '\n';
        return 1;
    }
}
