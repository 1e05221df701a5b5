// Judges the exercise nmi-stack.

#include "support/kernel_test.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/stacks.hpp"
#include "support/stack_end.hpp"

using namespace kernel;
using namespace kernel_test;

asm(".text\n"
    "raise_nmi: int $2\n"
    " ret\n");

extern "C" void raise_nmi();

namespace {

void each_is_counted_once() {
    expect_equal(non_maskable_interrupts(), 0u);
    raise_nmi();
    raise_nmi();
    expect_equal(non_maskable_interrupts(), 2u);
}

void they_need_no_room_on_the_kernels_stack() {
    const auto bottom = reinterpret_cast<std::uint64_t>(kernel_stack_bottom);
    call_on_stack_at(raise_nmi, bottom + 16);
    expect_equal(non_maskable_interrupts(), 3u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"each is counted once", each_is_counted_once},
        {"they need no room on the kernel's stack", they_need_no_room_on_the_kernels_stack},
    });
}
