// Tests that run inside a kernel of their own. Each prints a line on the console, and the kernel
// exits through QEMU's debug-exit device with the result.
#pragma once

#include "console/console.hpp"

#include <cstdint>
#include <initializer_list>
#include <source_location>
#include <string_view>

namespace kernel_test {

struct Test {
    std::string_view name;
    void (*body)();
};

// Runs the tests in this order, prints "[ok] name" or "[failed] name" for each, and exits.
[[noreturn]] void run(std::initializer_list<Test> tests);

// Marks the running test as failed and prints the place.
void fail(std::source_location where);

inline void expect(bool condition, std::source_location where = std::source_location::current()) {
    if (!condition) {
        fail(where);
    }
}

template <typename T, typename U>
void expect_equal(const T& actual, const U& expected,
                  std::source_location where = std::source_location::current()) {
    if (actual != expected) {
        kernel::println("  got {:#x}, expected {:#x}", actual, expected);
        fail(where);
    }
}

// QEMU's isa-debug-exit device ends the emulator with code * 2 + 1.
enum class Exit : std::uint8_t { passed = 0x10, failed = 0x11 };

[[noreturn]] void exit_emulator(Exit code);

} // namespace kernel_test
