// The instructions that C++ has no words for, one function each.
#pragma once

#include "cpu/descriptor_tables.hpp"

#include <cstdint>

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

// The linear address whose translation failed last. [Intel SDM vol. 3A, "Control Registers"]
inline std::uint64_t read_cr2() {
    std::uint64_t address;
    asm volatile("mov %%cr2, %0" : "=r"(address));
    return address;
}

// The segment registers keep what they have: reload every one of them afterwards.
inline void load_global_descriptor_table(const DescriptorTablePointer& pointer) {
    asm volatile("lgdt %0" : : "m"(pointer) : "memory");
}

// CS cannot be written with MOV: a far return takes it, and the address to go on at, from the
// stack.
inline void load_code_segment(SegmentSelector selector) {
    asm volatile("pushq %0\n\t"
                 "leaq 1f(%%rip), %%rax\n\t"
                 "pushq %%rax\n\t"
                 "lretq\n"
                 "1:"
                 :
                 : "r"(static_cast<std::uint64_t>(selector))
                 : "rax", "memory");
}

// SS, DS, ES, FS and GS.
inline void load_data_segments(SegmentSelector selector) {
    asm volatile("mov %0, %%ss\n\t"
                 "mov %0, %%ds\n\t"
                 "mov %0, %%es\n\t"
                 "mov %0, %%fs\n\t"
                 "mov %0, %%gs"
                 :
                 : "r"(selector)
                 : "memory");
}

inline void load_task_register(SegmentSelector selector) {
    asm volatile("ltr %0" : : "r"(selector) : "memory");
}

inline void load_interrupt_descriptor_table(const DescriptorTablePointer& pointer) {
    asm volatile("lidt %0" : : "m"(pointer) : "memory");
}

} // namespace kernel
