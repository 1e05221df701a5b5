// A value that interrupt handlers share with the code that they interrupt.
//
// The lock and the value are one object: with() is the only way to the value. On a machine with one
// CPU a lock need not wait for anybody: it is enough that no handler runs meanwhile. So an
// exception in the middle of with() may use the value too, and its handler still gets to print.
#pragma once

#include "cpu/instructions.hpp"

#include <utility>

namespace kernel {

// While an object of this class lives, interrupts are off. Its end restores the earlier state, so
// that objects may nest: only the outermost switches interrupts on again, and only if they were on.
class [[nodiscard]] InterruptsOff {
public:
    InterruptsOff() { disable_interrupts(); }
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

    // Calls use(value) with interrupts off and returns a copy of the result. `use` should be short:
    // meanwhile devices wait, and of several ticks only one is remembered.
    template <typename Use>
    auto with(Use&& use) {
        const InterruptsOff off;
        return std::forward<Use>(use)(value_);
    }

private:
    T value_;
};

} // namespace kernel
