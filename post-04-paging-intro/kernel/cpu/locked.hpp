// A value that interrupt handlers share with the code that they interrupt.
//
// The lock and the value are one object: the value can be reached only through with(). The kernel
// runs on one CPU, so switching interrupts off is the whole lock, and with() never waits.
// Exceptions still come: if one is raised inside with(), its handler can call with() too, for
// example to print, but may find the value half changed.
#pragma once

#include "cpu/interrupts_off.hpp"

#include <utility>

namespace kernel {

template <typename T, InterruptControl Cpu>
class Locked {
public:
    constexpr explicit Locked(T value, Cpu cpu = {}) : value_{std::move(value)}, cpu_{cpu} {}
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

    // Calls use(value) with interrupts off, and returns a copy of its result. `use` should be
    // short: devices wait for it, and of the timer ticks that pass meanwhile only one is counted.
    template <typename Use>
    auto with(Use&& use) {
        const InterruptsOff<Cpu> off{cpu_};
        return std::forward<Use>(use)(value_);
    }

private:
    T value_;
    [[no_unique_address]] Cpu cpu_;
};

} // namespace kernel
