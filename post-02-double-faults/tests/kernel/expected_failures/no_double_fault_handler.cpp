// The same fault as write_to_unmapped, but the double fault has no handler either.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::breakpoint, on_breakpoint>();
    table.load();
    println("Writing to 0xdeadbeef ...");
    *reinterpret_cast<volatile std::uint8_t*>(0xDEAD'BEEF) = 42;
    println("It went on.");
    halt_forever();
}
