// The heap holds data, so its pages cannot be executed.

#include "cpu/instructions.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    auto* const code = hidden(new unsigned char{0xC3}); // RET
    println("Calling what lies on the heap ...");
    reinterpret_cast<void (*)()>(code)();
    println("The mistake was not noticed");
    halt_forever();
}
