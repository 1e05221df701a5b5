// A value that interrupt handlers share with the code that they interrupt.
//
// The lock and the value are one object: the value can be reached only through with(). The kernel
// runs on one CPU, so switching interrupts off is the whole lock, and with() never waits.
// Exceptions still come: if one is raised inside with(), its handler can call with() too, for
// example to print, but may find the value half changed.
#pragma once

#include "cpu/instructions.hpp"

#include <utility>

namespace kernel {

// While an object of this class exists, interrupts are off. Its destructor puts them back to what
// they were before, so these objects can be nested: only the outermost one switches interrupts on
// again, and only if they were on.
class InterruptsOff {
public:
    [[nodiscard]] InterruptsOff() { disable_interrupts(); }
    ~InterruptsOff() {
        if (were_enabled_) {
            enable_interrupts();
        }
    }
    InterruptsOff(const InterruptsOff&) = delete;
    InterruptsOff& operator=(const InterruptsOff&) = delete;

private:
    bool were_enabled_ = interrupts_are_enabled(); // initialised before the constructor's body runs
};

template <typename T>
class Locked {
public:
    constexpr explicit Locked(T value) : value_{std::move(value)} {}

    // Calls use(value) with interrupts off, and returns a copy of its result. `use` should be
    // short: devices wait for it, and of the timer ticks that pass meanwhile only one is counted.
    template <typename Use>
    auto with(Use&& use) {
        const InterruptsOff off;
        return std::forward<Use>(use)(value_);
    }

private:
    T value_;
};

} // namespace kernel
