// An allocation of more than the heap's limit, while something else is in use.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    hidden(new int{42});
    println("Allocating 1 GiB ...");
    hidden(new std::byte[1 << 30]);
    println("The mistake was not noticed");
    halt_forever();
}
