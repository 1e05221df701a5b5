#include "console/panic.hpp"

#include "cpu/instructions.hpp"

namespace kernel {
namespace {

constinit int panics = 0; // that have begun

} // namespace

void begin_panic() {
    disable_interrupts();
    ++panics;
    if (panics == 1) {
        console.with([](Console& sink) { sink.set_colors(Colors::white_on_red); });
        print("\nKERNEL PANIC: ");
        return;
    }
    if (panics == 2) {
        print("\nKERNEL PANIC: while reporting a panic\n");
    } else if (panics == 3) { // the screen fails
        SerialPort<CpuPorts>{com1}.write("\nKERNEL PANIC: while printing\n");
    }
    halt_forever();
}

void end_panic(std::source_location where) {
    println("\n  at {}:{} in {}", where.file_name(), where.line(), where.function_name());
    halt_forever();
}

} // namespace kernel
