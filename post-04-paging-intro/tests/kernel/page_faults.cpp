// Forbidden accesses to the kernel's memory, and how the CPU and the kernel report them.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/page_fault.hpp"
#include "interrupts/segments.hpp"
#include "support/attempt.hpp"
#include "support/kernel_test.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

extern "C" std::uint64_t level2_table[512];

namespace {

// The error code's bits. [Intel SDM vol. 3A, "Interrupt 14—Page-Fault Exception (#PF)"]
constexpr std::uint64_t present = 1 << 0;
constexpr std::uint64_t write = 1 << 1;
constexpr std::uint64_t reserved_bit = 1 << 3;
constexpr std::uint64_t instruction_fetch = 1 << 4;

template <typename T>
std::uint64_t address_of(T* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

void expect_fault(const std::optional<PageFault>& fault, std::uint64_t address, std::uint64_t code,
                  std::string_view cause) {
    expect(fault.has_value());
    if (fault) {
        constexpr std::array guards{kernel_stack_guard_pages, double_fault_stack_guard_pages};
        expect_equal(fault->address, address);
        expect_equal(fault->code.bits(), code);
        expect(likely_cause(fault->code, fault->address, guards).starts_with(cause));
    }
}

extern "C" void does_nothing() {
    asm volatile("");
}

constinit std::array<std::uint8_t, 16> data{0xC3}; // RET, if it were code
constexpr std::array<std::uint8_t, 16> constants{0xC3};

void code_can_be_read_and_called_and_not_written() {
    const std::uint64_t code = address_of(&does_nothing);
    expect(!attempt_read(code));
    expect(!attempt_call(code));
    expect_fault(attempt_write(code, 0x90), code, present | write, "the page is read-only");
}

void constants_can_only_be_read() {
    const std::uint64_t address = address_of(constants.data());
    expect(!attempt_read(address));
    expect_fault(attempt_write(address, 1), address, present | write, "the page is read-only");
    expect_fault(attempt_call(address), address, present | instruction_fetch,
                 "the page holds no code");
}

void data_can_be_read_and_written_and_not_executed() {
    const std::uint64_t address = address_of(data.data());
    expect(!attempt_read(address));
    expect(!attempt_write(address, 0xC3));
    expect_fault(attempt_call(address), address, present | instruction_fetch,
                 "the page holds no code");
}

void the_stack_cannot_be_executed() {
    std::uint8_t on_the_stack = 0xC3;
    const std::uint64_t address = address_of(&on_the_stack);
    expect(!attempt_write(address, 0xC3));
    expect_fault(attempt_call(address), address, present | instruction_fetch,
                 "the page holds no code");
}

void screen_memory_cannot_be_executed() {
    expect(!attempt_read(0xB8000));
    expect_fault(attempt_call(0xB8000), 0xB8000, present | instruction_fetch,
                 "the page holds no code");
}

void a_null_pointer_can_be_neither_read_nor_written_nor_called() {
    expect_fault(attempt_read(0), 0, 0, "a null pointer");
    expect_fault(attempt_read(0xFFF), 0xFFF, 0, "a null pointer");
    expect_fault(attempt_write(8, 1), 8, write, "a null pointer");
    expect_fault(attempt_call(0), 0, instruction_fetch, "a null pointer");
}

void a_guard_page_can_be_neither_read_nor_written() {
    for (const auto* guard : {kernel_stack_guard, double_fault_stack_guard}) {
        for (const std::uint64_t page : {address_of(guard), address_of(guard) + 0x1000}) {
            expect_fault(attempt_read(page), page, 0, "a stack's guard page");
            expect_fault(attempt_write(page + 0xFFF, 1), page + 0xFFF, write,
                         "a stack's guard page");
        }
    }
}

void what_is_not_mapped_is_not_there() {
    expect_fault(attempt_read(0xDEAD'BEEF), 0xDEAD'BEEF, 0, "nothing is mapped");
    expect_fault(attempt_write(0x4000'0000, 1), 0x4000'0000, write, "nothing is mapped");
    expect(!attempt_read(0x3FFF'FFFF)); // the last mapped byte
    expect_fault(attempt_call(0xFFFF'8000'0000'0000), 0xFFFF'8000'0000'0000, instruction_fetch,
                 "nothing is mapped");
}

// Bits 20 to 13 of an entry that maps 2 MiB must be 0. By the manual the error code says that the
// page is present, because the CPU checks only present entries; QEMU 7.2 leaves that bit out.
void a_reserved_bit_in_a_table_is_told_from_the_rest() {
    constexpr std::uint64_t address = 500 << 21;
    level2_table[500] |= 1 << 13;
    const std::optional<PageFault> fault = attempt_read(address);
    level2_table[500] &= ~std::uint64_t{1 << 13};
    expect(fault.has_value());
    if (fault) {
        expect_equal(fault->address, address);
        expect_equal(fault->code.bits() | present, present | reserved_bit);
        expect(likely_cause(fault->code, address, {}).starts_with("a page table entry"));
    }
    expect(!attempt_read(address));
}

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::page_fault, on_attempted>();
    table.load();
    run({
        {"code can be read and called and not written",
         code_can_be_read_and_called_and_not_written},
        {"constants can only be read", constants_can_only_be_read},
        {"data can be read and written and not executed",
         data_can_be_read_and_written_and_not_executed},
        {"the stack cannot be executed", the_stack_cannot_be_executed},
        {"screen memory cannot be executed", screen_memory_cannot_be_executed},
        {"a null pointer can be neither read nor written nor called",
         a_null_pointer_can_be_neither_read_nor_written_nor_called},
        {"a guard page can be neither read nor written",
         a_guard_page_can_be_neither_read_nor_written},
        {"what is not mapped is not there", what_is_not_mapped_is_not_there},
        {"a reserved bit in a table is told from the rest",
         a_reserved_bit_in_a_table_is_told_from_the_rest},
    });
}
