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

// From here on the CPU takes interrupts. If they were off, it completes one more instruction before
// it takes the first.
inline void enable_interrupts() {
    asm volatile("sti" : : : "memory");
}

inline bool interrupts_are_enabled() {
    constexpr std::uint64_t interrupt_flag = 1 << 9;
    std::uint64_t rflags;
    asm volatile("pushfq\n\tpop %0" : "=r"(rflags) : : "memory");
    return (rflags & interrupt_flag) != 0;
}

// Precondition: interrupts are off. Switches them on and stops until one comes. STI takes effect
// only after the next instruction, so no maskable interrupt can come between the two and leave HLT
// waiting for another. [Intel SDM vol. 2B, "STI—Set Interrupt Flag"]
inline void enable_interrupts_and_halt() {
    asm volatile("sti\n\thlt" : : : "memory");
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

// CR3: the physical address of the level-4 page table, in bits 51 to 12. This kernel uses none of
// the other bits. [Intel SDM vol. 3A, "Control Registers"]
inline std::uint64_t read_cr3() {
    std::uint64_t value;
    asm volatile("mov %%cr3, %0" : "=r"(value));
    return value;
}

// Makes the CPU translate with the level-4 page table at the physical address `value`, a multiple
// of 4096. The CPU forgets every translation it remembers, except those of global pages, even if
// the value does not change.
inline void write_cr3(std::uint64_t value) {
    asm volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

// Makes the CPU forget the translation of the page that contains this virtual address.
// [Intel SDM vol. 2A, "INVLPG—Invalidate TLB Entries"]
inline void invlpg(std::uint64_t address) {
    asm volatile("invlpg (%0)" : : "r"(address) : "memory");
}

// Fills `count` words of 8 bytes with `value`, from address `to` upwards. STOSQ goes upwards
// because the direction flag is clear, as the System V ABI guarantees at every call.
inline void store_words(void* to, std::uint64_t value, std::uint64_t count) {
    asm volatile("rep stosq" : "+D"(to), "+c"(count) : "a"(value) : "memory");
}

// CR4: each bit switches on one extension of the CPU. [Intel SDM vol. 3A, "Control Registers"]
inline std::uint64_t read_cr4() {
    std::uint64_t value;
    asm volatile("mov %%cr4, %0" : "=r"(value));
    return value;
}

inline void write_cr4(std::uint64_t value) {
    asm volatile("mov %0, %%cr4" : : "r"(value) : "memory");
}

struct CpuidResult {
    std::uint32_t eax, ebx, ecx, edx;
};

// What the CPU reports about itself under the number `leaf`; if the leaf has subleaves, subleaf 0.
// [Intel SDM vol. 2A, "CPUID—CPU Identification"]
inline CpuidResult cpuid(std::uint32_t leaf) {
    CpuidResult result;
    asm("cpuid"
        : "=a"(result.eax), "=b"(result.ebx), "=c"(result.ecx), "=d"(result.edx)
        : "a"(leaf), "c"(0));
    return result;
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
