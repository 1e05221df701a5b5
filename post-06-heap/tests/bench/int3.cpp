// The cost of an exception: from int3 to the instruction after it.

#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

// The shortest possible handler.
extern "C" const char bare_return[];
asm(".pushsection .text\n"
    "bare_return: iretq\n"
    ".popsection");

namespace {

constinit InterruptDescriptorTable table;
alignas(16) constinit std::array<Gate, vector_count> bare_gates{};

void do_nothing(TrapFrame&) {}

std::uint64_t time_int3() {
    const std::uint64_t start = read_time_stamp_counter();
    asm volatile("int3" : : : "memory");
    return read_time_stamp_counter() - start;
}

std::uint64_t time_nothing() {
    const std::uint64_t start = read_time_stamp_counter();
    asm volatile("" : : : "memory");
    return read_time_stamp_counter() - start;
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    const std::uint64_t empty = time_nothing();

    bare_gates[static_cast<std::size_t>(Vector::breakpoint)] =
        Gate::interrupt(read_cs(), reinterpret_cast<std::uint64_t>(bare_return));
    load_interrupt_descriptor_table(DescriptorTablePointer::to(bare_gates));
    report_figure("int3 and a bare iretq", instructions(time_int3(), empty), "instructions");

    table.set<Vector::breakpoint, do_nothing>();
    table.load();
    report_figure("int3 to the next instruction, all registers saved, empty handler",
                  instructions(time_int3(), empty), "instructions");
    exit_emulator(Exit::passed);
}
