// Something that interrupt handlers share with the code that they interrupt.
//
// The lock and what it protects are one object: there is no way to the value but through with().
// With one CPU, switching interrupts off is all that it takes, and so nobody ever waits here. That
// matters to whoever cannot wait: an exception may come in the middle of with(), and its handler
// still gets to print.
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

    // Calls use(value) with interrupts off, and returns a copy of what it returns. It should be
    // short: meanwhile devices wait, and of several ticks only one is remembered.
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
