// Judges the exercise count-breakpoints.

#include "support/kernel_test.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

void none_is_counted_before_the_first() {
    expect_equal(breakpoint_count(), 0u);
}

void each_is_counted_once() {
    breakpoint();
    expect_equal(breakpoint_count(), 1u);
    breakpoint();
    breakpoint();
    expect_equal(breakpoint_count(), 3u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_interrupts();
    run({
        {"none is counted before the first", none_is_counted_before_the_first},
        {"each is counted once", each_is_counted_once},
    });
}
