// A handler with a local array that is too large. It runs on the stack of the interrupted code.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/segments.hpp"
#include "support/double_fault_only.hpp"

#include <array>

using namespace kernel;

namespace {

void on_int3(TrapFrame&) {
    std::array<unsigned char, 48 * 1024> bytes{};
    asm volatile("" : : "r"(bytes.data()) : "memory"); // keeps the array
    println("It went on.");
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    kernel_test::handle_double_faults_only().set<Vector::breakpoint, on_int3>();
    println("Overflowing the stack ...");
    breakpoint();
    println("It went on.");
    halt_forever();
}
