// Judges the exercise try-read.

#include "support/kernel_test.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/stacks.hpp"
#include "memory/try_read.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit std::uint8_t variable = 42;

template <typename T>
std::uint64_t address_of(T* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

void what_is_mapped_is_read() {
    expect(try_read(address_of(&variable)) == 42);
    variable = 255;
    expect(try_read(address_of(&variable)) == 255);
    variable = 0;
    expect(try_read(address_of(&variable)) == 0);
    expect(try_read(0x3FFF'FFFF).has_value());
}

void what_is_not_mapped_is_not_read() {
    expect(!try_read(0));
    expect(!try_read(0xFFF));
    expect(!try_read(0x4000'0000));
    expect(!try_read(0xDEAD'BEEF'000));
    expect(!try_read(0xFFFF'FFFF'FFFF'FFFF));
    expect(!try_read(address_of(kernel_stack_bottom) - 1));
}

void an_address_that_is_not_canonical_is_not_read() {
    expect(!try_read(0x8000'0000'0000));
    expect(!try_read(0xFFFF'7FFF'FFFF'FFFF));
}

void it_works_a_thousand_times() {
    for (int i = 0; i < 1000; ++i) {
        expect(!try_read(0));
        expect(try_read(address_of(&variable)).has_value());
    }
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"what is mapped is read", what_is_mapped_is_read},
        {"what is not mapped is not read", what_is_not_mapped_is_not_read},
        {"an address that is not canonical is not read",
         an_address_that_is_not_canonical_is_not_read},
        {"it works a thousand times", it_works_a_thousand_times},
    });
}
