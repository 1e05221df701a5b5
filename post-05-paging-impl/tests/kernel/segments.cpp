// The kernel's own segments, the task state segment, and the stacks with their guard pages.

#include "interrupts/segments.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "support/kernel_test.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

extern "C" const std::uint64_t level1_table[512];
extern "C" std::byte kernel_stack_guard[];
extern "C" std::byte kernel_stack_bottom[];
extern "C" std::byte double_fault_stack_guard[];
extern "C" std::byte double_fault_stack_bottom[];
extern "C" std::byte double_fault_stack_top[];

namespace {

template <typename T>
std::uint64_t address_of(T* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

// SS, DS, ES, FS, GS
std::array<SegmentSelector, 5> read_data_segments() {
    std::array<SegmentSelector, 5> selectors;
    asm volatile("mov %%ss, %0\n\tmov %%ds, %1\n\tmov %%es, %2\n\tmov %%fs, %3\n\tmov %%gs, %4"
                 : "=r"(selectors[0]), "=r"(selectors[1]), "=r"(selectors[2]), "=r"(selectors[3]),
                   "=r"(selectors[4]));
    return selectors;
}

// Runs first. The boot code's selectors select other segments in the new table, so a register that
// was not reloaded is noticed.
void every_segment_register_is_reloaded() {
    expect(read_cs() != SegmentSelector::kernel_code);
    expect(read_data_segments()[0] != SegmentSelector::kernel_data);
    initialize_segments();
    expect(read_cs() == SegmentSelector::kernel_code);
    for (const SegmentSelector selector : read_data_segments()) {
        expect(selector == SegmentSelector::kernel_data);
    }
    SegmentSelector task;
    asm volatile("str %0" : "=r"(task));
    expect(task == SegmentSelector::task_state);
}

void int3_returns_with_the_new_segments() {
    initialize_interrupts();
    breakpoint();
    for (const SegmentSelector selector : read_data_segments()) {
        expect(selector == SegmentSelector::kernel_data);
    }
}

void the_cpu_has_the_tables_limits() {
    DescriptorTablePointer gdt{};
    asm volatile("sgdt %0" : "=m"(gdt));
    expect_equal(gdt.limit, 5 * 8 - 1);
    // LSL reads a segment's limit through the selector, as the CPU sees it.
    std::uint64_t limit = 0;
    asm volatile("lsl %1, %0"
                 : "=r"(limit)
                 : "r"(static_cast<std::uint64_t>(SegmentSelector::task_state))
                 : "cc");
    expect_equal(limit, 103u);
}

constinit TrapFrame* frame_seen = nullptr;

void remember(TrapFrame& frame) {
    frame_seen = &frame;
}

void a_gate_with_an_interrupt_stack_switches_to_its_top() {
    static constinit InterruptDescriptorTable table;
    table.set<Vector::breakpoint, remember>(InterruptStack::double_fault);
    table.load();
    breakpoint();
    expect_equal(address_of(frame_seen) + sizeof(TrapFrame), address_of(double_fault_stack_top));
    expect_equal(frame_seen->ss, static_cast<std::uint64_t>(SegmentSelector::kernel_data));
    expect_equal(address_of(double_fault_stack_top) % 16, 0u);
    expect(double_fault_stack_top - double_fault_stack_bottom >= 16 * 1024);
}

bool lies_in(std::uint64_t address, const std::byte* start, const std::byte* end) {
    return address >= address_of(start) && address < address_of(end);
}

void page_zero_and_the_guard_pages_are_all_that_is_not_mapped() {
    for (std::uint64_t page = 0; page < 512; ++page) {
        const std::uint64_t address = page * 4096;
        const bool unmapped = address == 0 ||
                              lies_in(address, kernel_stack_guard, kernel_stack_bottom) ||
                              lies_in(address, double_fault_stack_guard, double_fault_stack_bottom);
        // page_tables.cpp tests what each page allows.
        constexpr std::uint64_t accessed_dirty = 0b110'0000;
        constexpr std::uint64_t permissions = std::uint64_t{1} << 63 | 1 << 1;
        expect_equal(level1_table[page] & ~(accessed_dirty | permissions),
                     address | (unmapped ? 0 : 1));
    }
    expect_equal(address_of(kernel_stack_guard) + 8192, address_of(kernel_stack_bottom));
    expect_equal(address_of(double_fault_stack_guard) + 8192,
                 address_of(double_fault_stack_bottom));
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"every segment register is reloaded", every_segment_register_is_reloaded},
        {"int3 returns with the new segments", int3_returns_with_the_new_segments},
        {"the CPU has the tables' limits", the_cpu_has_the_tables_limits},
        {"a gate with an interrupt stack switches to its top",
         a_gate_with_an_interrupt_stack_switches_to_its_top},
        {"page 0 and the guard pages are all that is not mapped",
         page_zero_and_the_guard_pages_are_all_that_is_not_mapped},
    });
}
