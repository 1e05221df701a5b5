// Judges the exercise stack-usage.

#include "interrupts/stack_usage.hpp"

#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

template <std::size_t Size>
[[gnu::noinline]] void use_stack() {
    volatile std::uint8_t bytes[Size];
    for (volatile std::uint8_t& byte : bytes) {
        byte = 1;
    }
}

void hardly_any_is_used_at_first() {
    mark_unused_stack();
    expect(used_stack() > 0);
    expect(used_stack() < 4 * 1024);
}

void what_a_function_has_used_counts_after_its_return() {
    mark_unused_stack();
    use_stack<10 * 1024>();
    expect(used_stack() >= 10 * 1024);
    expect(used_stack() < 14 * 1024);
}

void the_deepest_counts() {
    mark_unused_stack();
    use_stack<20 * 1024>();
    use_stack<1024>();
    expect(used_stack() >= 20 * 1024);
    expect(used_stack() < 24 * 1024);
}

void marking_begins_anew() {
    use_stack<10 * 1024>();
    mark_unused_stack();
    expect(used_stack() < 4 * 1024);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"hardly any is used at first", hardly_any_is_used_at_first},
        {"what a function has used counts after its return",
         what_a_function_has_used_counts_after_its_return},
        {"the deepest counts", the_deepest_counts},
        {"marking begins anew", marking_begins_anew},
    });
}
