// For an address whose upper bits do not repeat bit 47 the CPU does not read the page tables: it is
// a general protection fault, or a stack fault if the address is in RSP or RBP.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Reading at 0x800000000000 ...");
    println("It went on: {}", *reinterpret_cast<volatile std::uint8_t*>(0x8000'0000'0000) + 0);
    halt_forever();
}
