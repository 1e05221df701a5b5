// The instructions that C++ has no words for, one function each.
#pragma once

#include "cpu/descriptor_tables.hpp"

namespace kernel {

// Stops until the next interrupt.
inline void halt() {
    asm volatile("hlt" : : : "memory");
}

// From here on no maskable interrupt is taken.
inline void disable_interrupts() {
    asm volatile("cli" : : : "memory");
}

// Stops this CPU for good.
[[noreturn]] inline void halt_forever() {
    for (;;) {
        disable_interrupts();
        halt(); // a non-maskable interrupt may still end it: hence the loop
    }
}

// Raises the breakpoint exception, vector 3. The saved RIP is that of the next instruction.
inline void breakpoint() {
    asm volatile("int3" : : : "memory");
}

// The selector of the running code's segment.
inline SegmentSelector read_cs() {
    SegmentSelector selector;
    asm volatile("mov %%cs, %0" : "=r"(selector));
    return selector;
}

inline void load_interrupt_descriptor_table(const DescriptorTablePointer& pointer) {
    asm volatile("lidt %0" : : "m"(pointer) : "memory");
}

} // namespace kernel
