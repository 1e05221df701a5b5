// An object is deleted through its base without a virtual destructor, with the size of the base.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

namespace {

struct Animal {
    int legs = 4;
};
struct Horse : Animal {
    std::uint64_t hooves[8] = {};
};

} // namespace

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    auto* const animal = hidden<Animal>(new Horse);
    println("Deleting a horse as just any animal ...");
    delete animal;
    println("The mistake was not noticed");
    halt_forever();
}
