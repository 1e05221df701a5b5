// What C++ takes for granted when its first line runs: constructors, zeroed globals, an aligned
// stack, and the functions behind copies and fills.

#include "support/kernel_test.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

extern "C" char bss_start[];
extern "C" char bss_end[];
extern "C" char kernel_stack_bottom[];
extern "C" char kernel_stack_top[];

namespace {

struct Constructed {
    Constructed() : order{++count} {}
    unsigned order;
    static inline unsigned count = 0;
};

// volatile: or the compiler would run the constructors itself
volatile unsigned seed = 40;
Constructed first;
unsigned computed = seed + 2;
Constructed second;

std::array<std::uint64_t, 512> zeroed; // in .bss

void constructors_have_run_in_their_order() {
    expect_equal(first.order, 1u);
    expect_equal(second.order, 2u);
    expect_equal(Constructed::count, 2u);
    expect_equal(computed, 42u);
}

void globals_without_a_value_are_zero() {
    for (const std::uint64_t word : zeroed) {
        expect_equal(word, 0u);
    }
}

void the_stack_has_its_stated_size_and_alignment() {
    expect_equal(static_cast<std::uint64_t>(kernel_stack_top - kernel_stack_bottom), 32u * 1024);
    const auto frame = reinterpret_cast<std::uint64_t>(__builtin_frame_address(0));
    expect(frame > reinterpret_cast<std::uint64_t>(kernel_stack_bottom));
    expect(frame < reinterpret_cast<std::uint64_t>(kernel_stack_top));
    expect_equal(frame % 16, 0u); // the ABI: RSP + 8 was a multiple of 16 behind the call
}

void structs_are_copied_and_cleared() {
    struct Large {
        std::array<std::uint8_t, 1000> bytes;
    };
    Large original;
    for (std::size_t i = 0; i < original.bytes.size(); ++i) {
        original.bytes[i] = static_cast<std::uint8_t>(i);
    }
    Large copy{};
    asm volatile("" : : "r"(&copy) : "memory"); // the copy must really happen
    copy = original;
    asm volatile("" : : "r"(&copy) : "memory");
    expect(copy.bytes == original.bytes);
    copy = {};
    asm volatile("" : : "r"(&copy) : "memory");
    expect(copy.bytes == std::array<std::uint8_t, 1000>{});
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t) {
    initialize_console();
    run({
        {"constructors have run in their order", constructors_have_run_in_their_order},
        {"globals without a value are zero", globals_without_a_value_are_zero},
        {"the stack has its stated size and alignment",
         the_stack_has_its_stated_size_and_alignment},
        {"structs are copied and cleared", structs_are_copied_and_cleared},
    });
}
