// Judges the exercise null-area.

#include "support/kernel_test.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "support/attempt.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit InterruptDescriptorTable table;

void expect_null_pointer(const std::optional<PageFault>& fault) {
    expect(fault.has_value());
    if (fault) {
        expect(!fault->code.page_present());
        expect(likely_cause(fault->code, fault->address, {}).starts_with("a null pointer"));
    }
}

void the_first_64_kib_are_not_mapped() {
    for (std::uint64_t page = 0; page < 0x1'0000; page += 0x1000) {
        expect_null_pointer(attempt_read(page));
        expect_null_pointer(attempt_write(page + 0xFFF, 1));
    }
}

void the_next_byte_is_mapped() {
    expect(!attempt_read(0x1'0000));
    constexpr PageFaultErrorCode read_of_nothing{0};
    expect(!likely_cause(read_of_nothing, 0x1'0000, {}).starts_with("a null pointer"));
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::page_fault, on_attempted>();
    table.load();
    run({
        {"the first 64 KiB are not mapped", the_first_64_kib_are_not_mapped},
        {"the next byte is mapped", the_next_byte_is_mapped},
    });
}
