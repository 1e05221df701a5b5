// What the boot code has made of the machine: long mode, segments of our own, the identity map.

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

// The last byte of the first GiB can be translated, and each entry maps what its index says. The
// first 2 MiB are mapped in smaller pages: see segments.cpp.
void the_first_gigabyte_is_mapped_to_itself() {
    constexpr std::uint64_t present_writable = 0b11;
    constexpr std::uint64_t large = 1 << 7;
    constexpr std::uint64_t no_execute = std::uint64_t{1} << 63;
    constexpr std::uint64_t accessed_dirty = 0b110'0000; // the CPU's own marks
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

extern "C" [[noreturn]] void kernel_main(std::uint64_t) {
    initialize_console();
    run({
        {"every segment register selects a segment of ours",
         every_segment_register_selects_a_segment_of_ours},
        {"interrupts are off", interrupts_are_off},
        {"the first gigabyte is mapped to itself", the_first_gigabyte_is_mapped_to_itself},
    });
}
