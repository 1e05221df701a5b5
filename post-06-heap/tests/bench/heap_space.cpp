// How much of 100 KiB can be allocated, in tenths of a percent. See heap_space.hpp.

#include "heap_space.hpp"
#include "heap/linked_list_allocator.hpp"
#include "heap/segregated_fit.hpp"
#include "heap/size_class_allocator.hpp"
#include "measured_memory.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include <span>
#include <string_view>

using namespace kernel;
using namespace kernel_test;
using namespace heap_traces;

namespace {

void report(std::string_view allocator, std::string_view what, std::size_t used, std::size_t all) {
    const std::size_t tenths = used * 1000 / all;
    println("figure: {}: {} = {}.{} %", allocator, what, tenths / 10, tenths % 10);
}

template <typename A>
void measure(std::string_view name, const MeasuredMemory& measured) {
    const std::span<std::byte> arena = measured.arena;
    const std::span<Block> blocks = measured.blocks;
    const auto report_bytes = [&](std::string_view what, std::size_t used) {
        report(name, what, used, arena.size());
    };
    report_bytes("full of 8-byte objects", bytes_when_full<A>(arena, blocks, always<8>));
    report_bytes("full of 16-byte objects", bytes_when_full<A>(arena, blocks, always<16>));
    report_bytes("full of 32-byte objects", bytes_when_full<A>(arena, blocks, always<32>));
    report_bytes("full of 64-byte objects", bytes_when_full<A>(arena, blocks, always<64>));
    report_bytes("full of 1,024-byte objects", bytes_when_full<A>(arena, blocks, always<1024>));
    report_bytes("full of random sizes", bytes_when_full<A>(arena, blocks, uniform));
    report_bytes("full of random sizes, small ones more often",
                 bytes_when_full<A>(arena, blocks, log_uniform));
    report_bytes("random sizes come and go", bytes_in_churn<A>(arena, blocks, uniform));
    report_bytes("random sizes come and go, small ones more often",
                 bytes_in_churn<A>(arena, blocks, log_uniform));
    report_bytes("largest block after all came back", bytes_recovered<A>(arena, blocks));
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    constexpr std::size_t size = 100 * kib;
    const MeasuredMemory measured = MeasuredMemory::map(memory, size, size / 8 + 1);
    measure<LinkedListAllocator>("linked list", measured);
    measure<SegregatedFit>("segregated fit", measured);
    measure<SizeClassAllocator>("size classes", measured);
    exit_emulator(Exit::passed);
}
