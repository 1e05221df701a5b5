// A table without a present gate: the first exception resets the machine.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    table.load();
    println("Executing ud2 ...");
    asm volatile("ud2");
    println("It went on.");
    halt_forever();
}
