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

// From here on interrupts are taken. If they were off, the first one not before the next
// instruction is done.
inline void enable_interrupts() {
    asm volatile("sti" : : : "memory");
}

inline bool interrupts_are_enabled() {
    constexpr std::uint64_t interrupt_flag = 1 << 9;
    std::uint64_t rflags;
    asm volatile("pushfq\n\tpop %0" : "=r"(rflags) : : "memory");
    return (rflags & interrupt_flag) != 0;
}

// To be called with interrupts off: switches them on and stops until one comes. No maskable one
// fits between the two: an STI that changes the flag takes effect behind the next instruction.
// [Intel SDM vol. 2B, "STI—Set Interrupt Flag"]
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

// In bits 51 to 12: where the level-4 page table lies. Of the others this kernel uses none.
// [Intel SDM vol. 3A, "Control Registers"]
inline std::uint64_t read_cr3() {
    std::uint64_t value;
    asm volatile("mov %%cr3, %0" : "=r"(value));
    return value;
}

// Makes the CPU translate with another level-4 page table, or forget all that it remembers of this
// one but for global pages.
inline void load_cr3(std::uint64_t value) {
    asm volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

// Makes the CPU forget how the page with this address is translated.
// [Intel SDM vol. 2A, "INVLPG—Invalidate TLB Entries"]
inline void invlpg(std::uint64_t address) {
    asm volatile("invlpg (%0)" : : "r"(address) : "memory");
}

// Writes `value` to `count` words of 8 bytes from `to` on. The direction flag is clear, as the
// System V ABI promises at every call.
inline void store_words(void* to, std::uint64_t value, std::uint64_t count) {
    asm volatile("rep stosq" : "+D"(to), "+c"(count) : "a"(value) : "memory");
}

// The switches of the CPU's extensions. [Intel SDM vol. 3A, "Control Registers"]
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

// What the CPU says of itself under this number. [Intel SDM vol. 2A, "CPUID—CPU Identification"]
inline CpuidResult cpuid(std::uint32_t leaf) {
    CpuidResult result;
    asm("cpuid"
        : "=a"(result.eax), "=b"(result.ebx), "=c"(result.ecx), "=d"(result.edx)
        : "a"(leaf), "c"(0));
    return result;
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
