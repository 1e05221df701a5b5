// An interrupt handler frees memory, possibly in the middle of an allocation.

#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "support/machine_with_heap.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit InterruptDescriptorTable table;
constinit int* number = nullptr;

void free_in_handler(TrapFrame&) {
    println("In the handler ...");
    delete hidden(number);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    table.set<Vector::breakpoint, free_in_handler>();
    table.load();
    number = hidden(new int{42});
    breakpoint();
    println("The mistake was not noticed");
    halt_forever();
}
