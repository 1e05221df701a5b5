// A null pointer is read: page 0 is not mapped.

#include "console/console.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main(std::uint64_t) {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("Reading through a null pointer ...");
    const volatile int* pointer = nullptr;
    asm volatile("" : "+r"(pointer)); // the compiler knows no longer that it is null
    println("It went on: {}", *pointer + 0);
    __builtin_unreachable();
}
