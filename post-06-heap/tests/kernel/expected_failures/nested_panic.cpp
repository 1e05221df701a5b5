// A panic while a panic is being reported must halt, not go round in circles: here printing one
// of its arguments panics.

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
