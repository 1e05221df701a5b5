// The kernel writes to its own code, which its page tables forbid.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    auto* const code = reinterpret_cast<volatile std::uint8_t*>(&kernel_main);
    println("The first byte of kernel_main is {:#x}. Writing to it ...", *code);
    *code = 0x90;
    println("It went on.");
    halt_forever();
}
