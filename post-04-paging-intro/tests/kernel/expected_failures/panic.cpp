// A panic: its message, its arguments and its place must be printed.

#include "console/panic.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("All is well so far.");
    panic("the answer is {}, not {:#x}", 42, 0x17);
}
