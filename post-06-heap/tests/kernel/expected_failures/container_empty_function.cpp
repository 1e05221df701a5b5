// An empty std::function is called.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

#include <functional>
using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    const std::function<void()> nothing;
    println("Calling an empty function ...");
    nothing();
    println("The mistake was not noticed");
    halt_forever();
}
