// A deleted object is written to. The heap notices when it uses the memory again.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    auto* const number = hidden(new std::uint64_t{42});
    delete number;
    println("Writing to the 8 bytes at {}, which are deleted ...", static_cast<void*>(number));
    *hidden(number) = 43;
    for (int i = 0; i < 1000; ++i) {
        delete hidden(new std::uint64_t{0});
    }
    println("The mistake was not noticed");
    halt_forever();
}
