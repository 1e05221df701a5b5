// Tests the tests in kernels: failures are counted and named with their place, and later tests run.

#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"this one passes", [] { expect(true); }},
        {"this one fails", [] { expect_equal(0x1234u, 0x4321u); }},
        {"this one passes too", [] { expect_equal(7, 7); }},
    });
}
