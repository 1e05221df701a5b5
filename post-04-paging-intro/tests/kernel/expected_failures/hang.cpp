// A kernel that never comes to an end, nor to rest.

#include "console/console.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    println("Going round ...");
    for (;;) {
        asm volatile("pause");
    }
}
