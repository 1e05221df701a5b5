// std::vector::at checks the index, and the hook panics.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

#include <vector>
using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    std::vector<int> numbers{1, 2, 3};
    println("Asking for the 4th of {} numbers ...", numbers.size());
    println("It is {}", numbers.at(numbers.size()));
    println("The mistake was not noticed");
    halt_forever();
}
