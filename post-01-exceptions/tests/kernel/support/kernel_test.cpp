#include "support/kernel_test.hpp"

#include "cpu/instructions.hpp"
#include "cpu/port.hpp"

namespace kernel_test {
namespace {

constinit bool current_failed = false;

} // namespace

void run(std::initializer_list<Test> tests) {
    unsigned failures = 0;
    for (const Test& test : tests) {
        current_failed = false;
        test.body();
        kernel::println("[{}] {}", current_failed ? "failed" : "ok", test.name);
        failures += current_failed ? 1 : 0;
    }
    kernel::println("{} tests, {} failed", tests.size(), failures);
    exit_emulator(failures == 0 && tests.size() != 0 ? Exit::passed : Exit::failed);
}

void fail(std::source_location where) {
    current_failed = true;
    kernel::println("  expectation failed at {}:{}", where.file_name(), where.line());
}

void exit_emulator(Exit code) {
    constexpr kernel::Port debug_exit{0xF4};
    constexpr std::uint8_t no_device = 0xFF; // what a port reads as without a device
    if (kernel::CpuPorts::read8(debug_exit) == no_device) {
        kernel::println("there is no debug-exit device: start QEMU with isa-debug-exit");
    }
    kernel::CpuPorts::write8(debug_exit, static_cast<std::uint8_t>(code));
    kernel::halt_forever(); // QEMU 10 and 11 let the kernel run on for a moment
}

} // namespace kernel_test
