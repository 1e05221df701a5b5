// A stretch of code in which no interrupt handler runs.
#pragma once

#include "cpu/instructions.hpp"

#include <concepts>

namespace kernel {

// The CPU's interrupt flag; in a test, a variable.
template <typename T>
concept InterruptControl = requires(T& cpu) {
    { cpu.are_enabled() } -> std::same_as<bool>;
    { cpu.enable() } -> std::same_as<void>;
    { cpu.disable() } -> std::same_as<void>;
};

struct CpuInterrupts {
    static bool are_enabled() { return interrupts_are_enabled(); }
    static void enable() { enable_interrupts(); }
    static void disable() { disable_interrupts(); }
};

static_assert(InterruptControl<CpuInterrupts>);

// As long as it lives, interrupts are off; afterwards they are what they were before. So it nests:
// only the outermost one switches them on again, and only if they were on.
template <InterruptControl Cpu>
class [[nodiscard]] InterruptsOff {
public:
    explicit InterruptsOff(Cpu cpu = {}) : cpu_{cpu}, were_enabled_{cpu_.are_enabled()} {
        cpu_.disable();
    }
    ~InterruptsOff() {
        if (were_enabled_) {
            cpu_.enable();
        }
    }
    InterruptsOff(const InterruptsOff&) = delete;
    InterruptsOff& operator=(const InterruptsOff&) = delete;

private:
    [[no_unique_address]] Cpu cpu_;
    bool were_enabled_;
};

} // namespace kernel
