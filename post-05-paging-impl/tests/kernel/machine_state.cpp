// The state of the machine after the boot code: long mode, segments of our own, the identity map,
// and known values in every register. bad_boot/registers_spoiled.asm runs first and sets other
// values.

#include "cpu/instructions.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" const std::uint64_t level4_table[512];
extern "C" const std::uint64_t level3_table[512];
extern "C" const std::uint64_t level2_table[512];
extern "C" const std::uint64_t level1_table[512];

namespace {

std::uint64_t read_rflags() {
    std::uint64_t flags;
    asm volatile("pushfq\n\tpop %0" : "=r"(flags));
    return flags;
}

void every_segment_register_selects_a_segment_of_ours() {
    std::uint16_t ss, ds, es, fs, gs;
    asm volatile("mov %%ss, %0\n\tmov %%ds, %1\n\tmov %%es, %2\n\tmov %%fs, %3\n\tmov %%gs, %4"
                 : "=r"(ss), "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
    expect_equal(static_cast<std::uint16_t>(read_cs()), 0x10);
    for (const std::uint16_t selector : {ss, ds, es, fs, gs}) {
        expect_equal(selector, 0x08); // GRUB's is 0x18
    }
}

void interrupts_are_off() {
    expect_equal(read_rflags() & 0x200, 0u);
}

void no_flag_is_set_but_those_of_arithmetic() {
    constexpr std::uint64_t arithmetic = 0x8D5; // OF, SF, ZF, AF, PF, CF
    constexpr std::uint64_t always_set = 0x002;
    expect_equal(read_rflags() & ~arithmetic, always_set); // no NT, AC, DF, IOPL
}

void the_control_registers_hold_what_the_boot_code_says() {
    std::uint64_t cr0, cr2, cr4;
    asm volatile("mov %%cr0, %0\n\tmov %%cr2, %1\n\tmov %%cr4, %2"
                 : "=r"(cr0), "=r"(cr2), "=r"(cr4));
    expect_equal(cr0, 0x8001'0031u); // PG, WP, NE, ET, PE
    expect_equal(cr2, 0u);
    expect_equal(cr4, 0x20u); // PAE
}

void the_extended_features_are_long_mode_and_no_execute() {
    constexpr std::uint32_t efer = 0xC000'0080;
    std::uint32_t low, high;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(efer));
    expect_equal(low, 0xD00u); // NXE, LMA, LME
    expect_equal(high, 0u);
}

void no_breakpoint_is_set() {
    std::uint64_t dr7;
    asm volatile("mov %%dr7, %0" : "=r"(dr7));
    expect_equal(dr7, 0x400u); // its value after a reset
}

void the_tables_that_come_later_are_empty() {
    DescriptorTablePointer idt{};
    std::uint16_t ldt;
    asm volatile("sidt %0\n\tsldt %1" : "=m"(idt), "=r"(ldt));
    const std::uint64_t base = idt.base; // a copy: the field itself is not aligned
    expect_equal(base, 0u);
    expect_equal(idt.limit, 0);
    expect_equal(ldt, 0);
}

// The last byte of the first GiB is mapped, and each entry maps the address of its index. The first
// 2 MiB are mapped in smaller pages, see segments.cpp.
void the_first_gigabyte_is_mapped_to_itself() {
    constexpr std::uint64_t present_writable = 0b11;
    constexpr std::uint64_t large = 1 << 7;
    constexpr std::uint64_t no_execute = std::uint64_t{1} << 63;
    constexpr std::uint64_t accessed_dirty = 0b110'0000; // set by the CPU
    expect_equal(level4_table[0] & ~accessed_dirty,
                 reinterpret_cast<std::uint64_t>(level3_table) | present_writable);
    expect_equal(level3_table[0] & ~accessed_dirty,
                 reinterpret_cast<std::uint64_t>(level2_table) | present_writable);
    expect_equal(level2_table[0] & ~accessed_dirty,
                 reinterpret_cast<std::uint64_t>(level1_table) | present_writable);
    for (std::uint64_t i = 1; i < 512; ++i) {
        expect_equal(level2_table[i] & ~accessed_dirty,
                     i << 21 | large | present_writable | no_execute);
        expect((level4_table[i] | level3_table[i]) == 0);
    }
    expect_equal(read_cr3(), reinterpret_cast<std::uint64_t>(level4_table));
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"every segment register selects a segment of ours",
         every_segment_register_selects_a_segment_of_ours},
        {"interrupts are off", interrupts_are_off},
        {"no flag is set but those of arithmetic", no_flag_is_set_but_those_of_arithmetic},
        {"the control registers hold what the boot code says",
         the_control_registers_hold_what_the_boot_code_says},
        {"the extended features are long mode and no execute",
         the_extended_features_are_long_mode_and_no_execute},
        {"no breakpoint is set", no_breakpoint_is_set},
        {"the tables that come later are empty", the_tables_that_come_later_are_empty},
        {"the first gigabyte is mapped to itself", the_first_gigabyte_is_mapped_to_itself},
    });
}
