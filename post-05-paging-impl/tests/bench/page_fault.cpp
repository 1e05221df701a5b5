// How long a page fault takes to be reported: from the access to the first byte of the report,
// including finding the cause. The panic's first steps, its colours and its name, are not included.

#include "interrupts/page_fault.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "support/attempt.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"

#include <optional>

using namespace kernel;
using namespace kernel_test;

namespace {

// Reads the counter at the first byte.
struct FirstByte {
    void write(std::string_view) {
        if (!time) {
            time = read_time_stamp_counter();
        }
    }
    std::optional<std::uint64_t> time{};
};

constinit FirstByte first_byte;

void on_page_fault_with_a_clock(TrapFrame& frame, std::uint64_t error_code) {
    const PageFaultErrorCode code{error_code};
    const std::uint64_t address = read_cr2();
    print_to(first_byte, "{}", likely_cause(code, address, {}));
    on_attempted(frame, error_code);
}

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::page_fault, on_page_fault_with_a_clock>();
    table.load();
    const std::uint64_t before = read_time_stamp_counter();
    const std::uint64_t start = read_time_stamp_counter();
    const auto fault = attempt_read(0xDEAD'BEEF);
    report_figure("page fault to the first byte of its report",
                  instructions(first_byte.time.value_or(start) - start, start - before),
                  "instructions");
    exit_emulator(fault.has_value() ? Exit::passed : Exit::failed);
}
