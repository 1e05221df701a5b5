// The instructions that C++ has no words for, one function each.
#pragma once

#include "cpu/descriptor_tables.hpp"

#include <cstdint>

namespace kernel {

// Stops the CPU until the next interrupt; if interrupts are off, until a non-maskable one.
inline void halt() {
    asm volatile("hlt" : : : "memory");
}

// From here on the CPU takes no maskable interrupts.
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

// The selector of the code segment in use.
inline SegmentSelector read_cs() {
    SegmentSelector selector;
    asm volatile("mov %%cs, %0" : "=r"(selector));
    return selector;
}

// CR2: the virtual address that caused the last page fault.
// [Intel SDM vol. 3A, "Control Registers"]
inline std::uint64_t read_cr2() {
    std::uint64_t address;
    asm volatile("mov %%cr2, %0" : "=r"(address));
    return address;
}

// The segment registers keep the segments of the old table until each is loaded again.
inline void load_global_descriptor_table(const DescriptorTablePointer& pointer) {
    asm volatile("lgdt %0" : : "m"(pointer) : "memory");
}

// MOV cannot write CS. A far return can: it pops the address at which to continue, then CS.
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

// Loads SS, DS, ES, FS and GS.
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

// Makes the CPU use this task state segment, and marks its descriptor busy; loading a busy one is a
// fault. [Intel SDM vol. 2A, "LTR—Load Task Register"]
inline void load_task_register(SegmentSelector selector) {
    asm volatile("ltr %0" : : "r"(selector) : "memory");
}

inline void load_interrupt_descriptor_table(const DescriptorTablePointer& pointer) {
    asm volatile("lidt %0" : : "m"(pointer) : "memory");
}

} // namespace kernel
