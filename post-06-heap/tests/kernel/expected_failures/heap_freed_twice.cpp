// The same object is deleted twice.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    int* const object = hidden(new int{42});
    delete object;
    println("Deleting the int at {} again ...", static_cast<void*>(object));
    delete hidden(object);
    println("The mistake was not noticed");
    halt_forever();
}
