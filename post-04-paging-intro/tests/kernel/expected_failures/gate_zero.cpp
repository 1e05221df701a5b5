// The gate of vector 6 is all zero: #GP, about which nobody does anything either, is the second
// fault.

#include "console/console.hpp"
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
    __builtin_unreachable();
}
