// The table in which the CPU looks up where to continue after an exception or an interrupt.
// [Intel SDM vol. 3A, "Interrupt Descriptor Table (IDT)"]
#pragma once

#include "cpu/instructions.hpp"
#include "interrupts/gate.hpp"
#include "interrupts/handler.hpp"
#include "interrupts/vector.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

// The addresses of the stubs in stubs.asm, indexed by the vector.
extern "C" const std::uint64_t interrupt_stubs[vector_count];

// The handlers of the loaded table, indexed by the vector: the stubs call them through this.
extern "C" Handler* const* interrupt_handlers;

class InterruptDescriptorTable {
public:
    constexpr InterruptDescriptorTable() = default; // no gate is present

    // The CPU is told where the table is, so the table must not move.
    InterruptDescriptorTable(const InterruptDescriptorTable&) = delete;
    InterruptDescriptorTable& operator=(const InterruptDescriptorTable&) = delete;

    // Once the table is loaded, `handler` runs when vector V is raised, in the code segment that is
    // in use now:
    //
    //     table.set<Vector::breakpoint, on_breakpoint>();
    //
    // A handler whose parameters do not fit its vector does not compile.
    template <Vector V, HandlerOf<V>& handler>
    void set() {
        constexpr auto index = static_cast<std::size_t>(V);
        handlers_[index] = &call_handler<V, handler>;
        gates_[index] = Gate::interrupt(read_cs(), interrupt_stubs[index]);
    }

    const Gate& operator[](Vector vector) const { return gates_[static_cast<std::size_t>(vector)]; }

    // The function that stubs.asm calls for `vector`; null if its gate is not present.
    Handler* handler(Vector vector) const { return handlers_[static_cast<std::size_t>(vector)]; }

    // Makes the CPU use this table, which must then exist for as long as the kernel runs.
    // Precondition: interrupts are off. One that came in the middle would find the old table's
    // gate, but the new table's handler.
    void load() const&;
    void load() const&& = delete; // a temporary table would not exist for long enough

private:
    using Gates = std::array<Gate, vector_count>;
    static_assert(sizeof(Gates) == 4096);

    alignas(16) Gates gates_{};
    std::array<Handler*, vector_count> handlers_{};
};

} // namespace kernel
