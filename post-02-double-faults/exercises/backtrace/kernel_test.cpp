// Judges the exercise backtrace.

#include "cpu/backtrace.hpp"

#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "support/kernel_test.hpp"

#include <array>
#include <cstdint>
#include <span>

using namespace kernel;
using namespace kernel_test;

// Functions whose return addresses are known: outer calls middle calls inner calls take_backtrace.
asm(".text\n"
    "outer: push %rbp\n mov %rsp, %rbp\n call middle\n"
    "in_outer: pop %rbp\n ret\n"
    "middle: push %rbp\n mov %rsp, %rbp\n call inner\n"
    "in_middle: pop %rbp\n ret\n"
    "inner: push %rbp\n mov %rsp, %rbp\n call take_backtrace\n"
    "in_inner: pop %rbp\n ret\n");

extern "C" void outer();
extern "C" const char in_outer[], in_middle[], in_inner[];

namespace {

constinit std::array<std::uint64_t, 16> addresses{};
constinit std::size_t wanted = 0;
constinit std::size_t count = 0;

std::uint64_t address_of(const char* place) {
    return reinterpret_cast<std::uint64_t>(place);
}

} // namespace

extern "C" void take_backtrace() {
    count = backtrace(std::span{addresses}.first(wanted));
    asm volatile(""); // no jump to backtrace
}

namespace {

void take(std::size_t most) {
    addresses = {};
    wanted = most;
    outer();
}

void the_callers_are_listed_from_the_innermost_on() {
    take(16);
    const auto function = reinterpret_cast<std::uint64_t>(&take_backtrace);
    expect(addresses[0] > function && addresses[0] < function + 256);
    expect_equal(addresses[1], address_of(in_inner));
    expect_equal(addresses[2], address_of(in_middle));
    expect_equal(addresses[3], address_of(in_outer));
}

// After outer come take, the test, run, kernel_main and the boot code.
void the_list_ends_with_the_boot_code() {
    take(16);
    expect(count >= 6 && count <= 9);
    expect(addresses[count - 1] >= 0x100000 && addresses[count - 1] < 0x200000);
}

void no_more_are_written_than_there_is_room_for() {
    take(2);
    expect_equal(count, 2u);
    expect_equal(addresses[1], address_of(in_inner));
    expect_equal(addresses[2], 0u);
    take(0);
    expect_equal(count, 0u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    run({
        {"the callers are listed from the innermost on",
         the_callers_are_listed_from_the_innermost_on},
        {"the list ends with the boot code", the_list_ends_with_the_boot_code},
        {"no more are written than there is room for", no_more_are_written_than_there_is_room_for},
    });
}
