// Like interrupt_stack_overflow.cpp, but with one local array that is too large for the double
// fault's stack.

#include "console/console.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"

#include <array>

using namespace kernel;

namespace {

constinit InterruptDescriptorTable table;

Never use_a_large_array(TrapFrame&, std::uint64_t) {
    println("Overflowing the double fault's stack ...");
    [] [[gnu::noinline]] {
        std::array<unsigned char, 40 * 1024> bytes;
        asm volatile("" : : "r"(bytes.data()) : "memory"); // keeps the array
        println("It went on.");
    }();
    for (;;) {
    }
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::double_fault, use_a_large_array>(InterruptStack::double_fault);
    table.load();
    println("Overflowing the stack ...");
    for (;;) {
        asm volatile("push %rax");
    }
}
