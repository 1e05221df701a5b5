// A call through a null pointer.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Calling a null pointer ...");
    void (*pointer)() = nullptr;
    asm volatile("" : "+r"(pointer)); // hides from the compiler that it is null
    pointer();
    println("It went on.");
    halt_forever();
}
