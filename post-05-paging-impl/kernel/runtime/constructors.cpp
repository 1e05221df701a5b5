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

// The compiler registers the destructors of global and static objects here, to be called when the
// program ends. A kernel never ends: they are never called, and need not be remembered.
// [Itanium C++ ABI, "DSO Object Destruction API"]
extern "C" int __cxa_atexit(void (*)(void*), void*, void*) {
    return 0; // success
}

// Its address tells __cxa_atexit which shared library an object belongs to. There are none here.
extern "C" {
void* __dso_handle = nullptr;
}
