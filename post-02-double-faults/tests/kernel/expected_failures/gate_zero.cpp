// The gate of vector 6 is all zero: the second fault is #GP, which has no handler either.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/segments.hpp"
#include "support/double_fault_only.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    kernel_test::handle_double_faults_only();
    println("Executing ud2 ...");
    asm volatile("ud2");
    println("It went on.");
    halt_forever();
}
