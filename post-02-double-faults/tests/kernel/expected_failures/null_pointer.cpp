// A read through a null pointer: page 0 is not mapped.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/segments.hpp"
#include "support/double_fault_only.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    kernel_test::handle_double_faults_only();
    println("Reading through a null pointer ...");
    const volatile int* pointer = nullptr;
    asm volatile("" : "+r"(pointer)); // hides from the compiler that it is null
    println("It went on: {}", *pointer + 0);
    halt_forever();
}
