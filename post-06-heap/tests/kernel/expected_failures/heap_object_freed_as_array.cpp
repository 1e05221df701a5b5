// An object from new is freed by delete[].

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    char* const character = hidden(new char);
    println("Deleting one character as an array of them ...");
    delete[] hidden(character);
    println("The mistake was not noticed");
    halt_forever();
}
