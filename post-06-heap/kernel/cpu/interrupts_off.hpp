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

// Interrupts are off while an object of this class exists; its destructor puts them back to what
// they were. So these objects can be nested: only the outermost one switches interrupts on again,
// and only if they were on before.
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
