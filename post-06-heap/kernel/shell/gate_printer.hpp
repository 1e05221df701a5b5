// The interrupt descriptor table, one line for each present gate; neighbours that are prepared for
// nothing in particular share one.
//
//      vectors    gate leads to  stack  for
//      0 to   2        0x1034a0  -      unexpected
//             3        0x1034b6  -      BREAKPOINT
//             8        0x1034e4  IST 1  DOUBLE FAULT
//            32        0x10361a  -      IRQ 0
#pragma once

#include "interrupts/gate.hpp"
#include "interrupts/vector_name.hpp"
#include "text/format_string.hpp"

#include <cstddef>
#include <span>

namespace kernel {

// Gates with these vectors, the last one included. If there are several, all are alike.
struct GateRun {
    std::size_t first;
    std::size_t last;
    bool unexpected; // no handler of their own
};

// The gates are a whole table's from vector 0 on. `is_unexpected(Vector)` says which of them have
// only the handler that every vector has.
template <typename IsUnexpected>
GateRun run_from(std::size_t first, std::span<const Gate> gates, IsUnexpected&& is_unexpected) {
    GateRun run{first, first, is_unexpected(static_cast<Vector>(first))};
    const auto continues = [&](std::size_t next) {
        return gates[next].is_present() && is_unexpected(static_cast<Vector>(next)) &&
               gates[next].stack() == gates[first].stack();
    };
    while (run.unexpected && run.last + 1 < gates.size() && continues(run.last + 1)) {
        ++run.last;
    }
    return run;
}

template <TextSink Sink>
void print_gate_run(Sink& sink, GateRun run, const Gate& gate) {
    if (run.first == run.last) {
        print_to(sink, "{:10}", run.first);
    } else {
        print_to(sink, "{:3} to {:3}", run.first, run.last);
    }
    print_to(sink, "  {:#14x}  ", gate.handler());
    if (gate.stack() == InterruptStack::none) {
        print_to(sink, "-      ");
    } else {
        print_to(sink, "IST {}  ", static_cast<unsigned>(gate.stack()));
    }
    const auto vector = static_cast<Vector>(run.first);
    if (run.unexpected) {
        print_to(sink, "unexpected\n");
    } else if (is_exception(vector)) {
        print_to(sink, "{}\n", name_of(vector));
    } else {
        print_to(sink, "IRQ {}\n", run.first - static_cast<std::size_t>(Vector::timer));
    }
}

template <TextSink Sink, typename IsUnexpected>
void print_gates(Sink& sink, std::span<const Gate> gates, IsUnexpected&& is_unexpected) {
    print_to(sink, "   vectors   gate leads to  stack  for\n");
    for (std::size_t vector = 0; vector < gates.size(); ++vector) {
        if (gates[vector].is_present()) {
            const GateRun run = run_from(vector, gates, is_unexpected);
            print_gate_run(sink, run, gates[vector]);
            vector = run.last;
        }
    }
}

} // namespace kernel
