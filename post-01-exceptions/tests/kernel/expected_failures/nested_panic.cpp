// A panic during a panic must halt and not repeat for ever: here printing an argument panics.

#include "console/panic.hpp"

using namespace kernel;

namespace {

struct Unprintable {};

template <TextSink Sink>
void write_value(Sink&, Unprintable, Field) {
    panic("this text is never printed");
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    panic("the value is {}", Unprintable{});
}
