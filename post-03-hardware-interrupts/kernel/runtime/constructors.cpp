// Calls the constructors of global objects, as the language promises, before the first line of the
// program runs. The compiler evaluates most of them itself; these are the others.

using Constructor = void (*)();

// The linker script collects them, and defines these symbols.
extern "C" const Constructor constructors_start[];
extern "C" const Constructor constructors_end[]; // past the last one

// Calls each constructor once, in the order of the linker. Called by entry.asm.
extern "C" void run_constructors() {
    for (const Constructor* constructor = constructors_start; constructor != constructors_end;
         ++constructor) {
        (*constructor)();
    }
}

// The compiler registers the destructors of global and static objects here, for the end of the
// program. A kernel never ends, so we don't have to remember them.
// [Itanium C++ ABI, "DSO Object Destruction API"]
extern "C" int __cxa_atexit(void (*)(void*), void*, void*) {
    return 0; // success
}

// The compiler passes its address to __cxa_atexit, to tell which shared library an object belongs
// to. We have only one program, so its value does not matter.
extern "C" {
void* __dso_handle = nullptr;
}
