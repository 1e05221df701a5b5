// A page fault without a handler: vector 14 has no gate, and the fault about that makes it a double
// fault.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/segments.hpp"
#include "support/double_fault_only.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    kernel_test::handle_double_faults_only();
    println("Writing to 0xdeadbeef ...");
    *reinterpret_cast<volatile std::uint8_t*>(0xDEAD'BEEF) = 42;
    println("It went on.");
    halt_forever();
}
