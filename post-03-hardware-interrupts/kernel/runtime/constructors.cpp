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

// A global object's destructor is to run when the program ends. A kernel never does: what would
// have to be called then is not even written down.
// [Itanium C++ ABI, "DSO Object Destruction API"]
extern "C" int __cxa_atexit(void (*)(void*), void*, void*) {
    return 0; // success
}

// Says which part of the program the object belongs to. There is only one: its address matters,
// never its value.
extern "C" {
void* __dso_handle = nullptr;
}
