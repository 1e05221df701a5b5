// A kernel that neither ends nor halts.

#include "console/console.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Going round ...");
    for (;;) {
        asm volatile("pause");
    }
}
