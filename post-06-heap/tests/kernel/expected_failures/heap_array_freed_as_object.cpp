// An array from new[] is freed by delete.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    char* const text = hidden(new char[100]);
    println("Deleting an array of 100 characters as one ...");
    delete hidden(text);
    println("The mistake was not noticed");
    halt_forever();
}
