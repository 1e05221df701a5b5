// Judges the exercise largest-block.

#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

std::size_t largest() {
    return kernel_heap.statistics().largest;
}

// Must run first.
void at_first_it_is_the_whole_heap() {
    expect_equal(largest(), initial_heap);
}

constexpr Layout page{4096, 16};
constexpr std::size_t pages = 10;
constexpr std::size_t rest = initial_heap - pages * page.size;
void* blocks[pages];

// Every other one of ten blocks is freed: none of the holes is as large as all of them together.
void it_is_the_largest_and_not_the_sum() {
    for (void*& block : blocks) {
        block = kernel_heap.allocate(page);
    }
    expect_equal(largest(), rest);
    for (std::size_t i = 0; i < pages; i += 2) {
        kernel_heap.deallocate(blocks[i], page);
    }
    expect_equal(largest(), rest);
    static_cast<void>(kernel_heap.allocate({rest, 16}));
    expect_equal(kernel_heap.statistics().free, pages / 2 * page.size);
    expect_equal(largest(), page.size);
}

void it_grows_where_holes_are_joined() {
    kernel_heap.deallocate(blocks[3], page);
    expect_equal(largest(), 3 * page.size);
}

// The last 16 bytes are freed, and wait in the list of their class.
void a_cached_block_is_not_free() {
    void* last = nullptr;
    while (kernel_heap.statistics().free != 0) {
        last = kernel_heap.allocate({16, 16});
    }
    expect_equal(largest(), 0u);
    kernel_heap.deallocate(last, {16, 16});
    expect_equal(kernel_heap.statistics().cached, 16u);
    expect_equal(largest(), 0u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    run({
        {"at first it is the whole heap", at_first_it_is_the_whole_heap},
        {"it is the largest and not the sum", it_is_the_largest_and_not_the_sum},
        {"it grows where holes are joined", it_grows_where_holes_are_joined},
        {"a cached block is not free", a_cached_block_is_not_free},
    });
}
