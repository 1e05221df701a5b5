#include "runtime/constructors.hpp"

using Constructor = void (*)();

// The linker script's: the first, and the one behind the last.
extern "C" const Constructor constructors_start[];
extern "C" const Constructor constructors_end[];

extern "C" void run_constructors() {
    for (const Constructor* constructor = constructors_start; constructor != constructors_end;
         ++constructor) {
        (*constructor)();
    }
}
