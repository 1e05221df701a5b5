// A pointer into the middle of an object is deleted.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

#include <array>
using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    auto* const words = hidden(new std::array<std::uint64_t, 8>{});
    println("Deleting a part of the object at {} ...", static_cast<void*>(words));
    delete hidden(&(*words)[2]);
    println("The mistake was not noticed");
    halt_forever();
}
