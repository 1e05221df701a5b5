// What C++ requires before its first line runs: constructors, zeroed globals, an aligned stack, and
// functions that copy and fill memory.

#include "support/kernel_test.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

extern "C" char kernel_stack_bottom[];
extern "C" char kernel_stack_top[];

namespace {

struct Constructed {
    Constructed() : order{++count} {}
    unsigned order;
    static inline unsigned count = 0;
};

// volatile keeps the compiler from running the constructors itself
volatile unsigned seed = 40;
Constructed first;
unsigned computed = seed + 2;
Constructed second;

std::array<std::uint64_t, 512> zeroed; // in .bss

// Its destructor would run at the end of the program, but the kernel never ends.
struct WithDestructor {
    explicit WithDestructor(unsigned more) : value{seed + more} {}
    ~WithDestructor() { ++destroyed; }
    unsigned value;
    static inline unsigned destroyed = 0;
};
WithDestructor global{1};
std::array<WithDestructor, 2> globals{WithDestructor{2}, WithDestructor{3}};

WithDestructor& made_at_the_first_call() {
    static WithDestructor object{4};
    return object;
}

struct Shape {
    virtual unsigned corners() const = 0;

protected:
    ~Shape() = default;
};
struct Triangle final : Shape {
    unsigned corners() const override { return 3; }
};

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

void objects_with_destructors_may_be_global() {
    expect_equal(global.value, 41u);
    expect_equal(globals[0].value, 42u);
    expect_equal(globals[1].value, 43u);
    expect_equal(WithDestructor::destroyed, 0u);
}

void objects_with_destructors_may_be_static_in_a_function() {
    expect_equal(made_at_the_first_call().value, 44u);
    made_at_the_first_call().value = 7;
    expect_equal(made_at_the_first_call().value, 7u);
    expect_equal(WithDestructor::destroyed, 0u);
}

void virtual_functions_are_called() {
    const Triangle triangle;
    const Shape* shape = &triangle;
    asm volatile("" : "+r"(shape)); // hides the type from the compiler
    expect_equal(shape->corners(), 3u);
}

void the_stack_has_its_stated_size_and_alignment() {
    expect_equal(static_cast<std::uint64_t>(kernel_stack_top - kernel_stack_bottom), 32u * 1024);
    const auto frame = reinterpret_cast<std::uint64_t>(__builtin_frame_address(0));
    expect(frame > reinterpret_cast<std::uint64_t>(kernel_stack_bottom));
    expect(frame < reinterpret_cast<std::uint64_t>(kernel_stack_top));
    expect_equal(frame % 16, 0u); // the ABI: RSP + 8 is a multiple of 16 at a function's entry
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
    asm volatile("" : : "r"(&copy) : "memory"); // keeps the compiler from removing the copy
    copy = original;
    asm volatile("" : : "r"(&copy) : "memory");
    expect(copy.bytes == original.bytes);
    copy = {};
    asm volatile("" : : "r"(&copy) : "memory");
    expect(copy.bytes == std::array<std::uint8_t, 1000>{});
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"constructors have run in their order", constructors_have_run_in_their_order},
        {"globals without a value are zero", globals_without_a_value_are_zero},
        {"objects with destructors may be global", objects_with_destructors_may_be_global},
        {"objects with destructors may be static in a function",
         objects_with_destructors_may_be_static_in_a_function},
        {"virtual functions are called", virtual_functions_are_called},
        {"the stack has its stated size and alignment",
         the_stack_has_its_stated_size_and_alignment},
        {"structs are copied and cleared", structs_are_copied_and_cleared},
    });
}
