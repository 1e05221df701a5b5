// The console as a sink that is locked for one piece of text at a time: interrupts come in between,
// and no tick is lost over a long text.
#pragma once

#include "console/console.hpp"

namespace kernel {

struct Printer {
    void write(std::string_view text) { print("{}", text); }
};

static_assert(TextSink<Printer>);

} // namespace kernel
