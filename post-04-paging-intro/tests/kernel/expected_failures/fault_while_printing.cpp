// A fault in the middle of print, while the console is locked, is still reported.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

struct Faulty {};

template <TextSink Sink>
void write_value(Sink&, Faulty, Field) {
    asm volatile("ud2");
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    println("The value is {}.", Faulty{});
    halt_forever();
}
