#include "console/panic.hpp"

#include "cpu/instructions.hpp"

namespace kernel {
namespace {

constinit bool panicking = false;

} // namespace

void begin_panic() {
    disable_interrupts();
    if (panicking) {
        print("\nKERNEL PANIC: while reporting a panic\n");
        halt_forever();
    }
    panicking = true;
    console.with([](Console& sink) { sink.set_colors(Colors::white_on_red); });
    print("\nKERNEL PANIC: ");
}

void end_panic(std::source_location where) {
    println("\n  at {}:{} in {}", where.file_name(), where.line(), where.function_name());
    halt_forever();
}

} // namespace kernel
