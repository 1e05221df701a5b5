// A sixth character is written to an array of five.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    char* const text = hidden(new char[5]);
    println("Writing behind the 5 bytes at {} ...", static_cast<void*>(text));
    text[5] = 0;
    delete[] hidden(text);
    println("The mistake was not noticed");
    halt_forever();
}
