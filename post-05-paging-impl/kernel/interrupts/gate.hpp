// One entry of the interrupt descriptor table: where the CPU continues when the entry's vector is
// raised. A gate is two words of 64 bits:
//
//           63           48  47  46 45  44  43  40  39 35  34 32  31      16  15           0
//     low   handler [31:16]  P    DPL   0    type     0     IST    selector   handler [15:0]
//
//           63                                       32  31                               0
//     high                  reserved, 0                           handler [63:32]
//
// [Intel SDM vol. 3A, "64-Bit Mode IDT"] [AMD APM vol. 2, "Gate Descriptors"]
#pragma once

#include "cpu/bits.hpp"
#include "cpu/descriptor_tables.hpp"

#include <cstdint>

namespace kernel {

// The stack that the CPU switches to before it pushes the frame: an entry of the task state
// segment's interrupt stack table. The numbers are the hardware's.
enum class InterruptStack : std::uint8_t {
    none = 0, // no switch
    double_fault = 1,
};

class Gate {
public:
    // A gate that is not present: raising its vector is itself a fault.
    constexpr Gate() = default;

    // An interrupt gate: the CPU clears the interrupt flag before it runs the handler, so no
    // maskable interrupt comes until the handler returns. `code` selects a 64-bit code segment,
    // `handler` is the address at which the CPU continues.
    static constexpr Gate interrupt(SegmentSelector code, std::uint64_t handler,
                                    InterruptStack stack = InterruptStack::none) {
        Gate gate;
        gate.low_ = HandlerLow::place(handler) | Selector::place(static_cast<std::uint16_t>(code)) |
                    StackTable::place(static_cast<std::uint8_t>(stack)) |
                    Type::place(interrupt_gate) | Present::place(1) |
                    HandlerMiddle::place(handler >> 16);
        gate.high_ = HandlerHigh::place(handler >> 32);
        return gate;
    }

    constexpr std::uint64_t handler() const {
        return HandlerLow::get(low_) | HandlerMiddle::get(low_) << 16 |
               HandlerHigh::get(high_) << 32;
    }
    constexpr InterruptStack stack() const {
        return static_cast<InterruptStack>(StackTable::get(low_));
    }
    constexpr bool is_present() const { return Present::get(low_) != 0; }

    // The two words as the CPU reads them.
    constexpr std::uint64_t low() const { return low_; }
    constexpr std::uint64_t high() const { return high_; }

private:
    using HandlerLow = Bits<15, 0>;
    using Selector = Bits<31, 16>;
    using StackTable = Bits<34, 32>;
    using Type = Bits<43, 40>;
    using Present = Bits<47, 47>;
    using HandlerMiddle = Bits<63, 48>;
    using HandlerHigh = Bits<31, 0>; // of the high word

    static constexpr std::uint64_t interrupt_gate = 0b1110;

    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

static_assert(sizeof(Gate) == 16);
static_assert(!Gate{}.is_present());
static_assert(Gate::interrupt(SegmentSelector{0x08}, 0x0123'4567'89AB'CDEF).handler() ==
              0x0123'4567'89AB'CDEF);

} // namespace kernel
