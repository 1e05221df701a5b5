// The table in which the CPU looks up what to do about an exception or an interrupt.
// [Intel SDM vol. 3A, "Interrupt Descriptor Table (IDT)"]
#pragma once

#include "cpu/descriptor_table_pointer.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/gate.hpp"
#include "interrupts/handler.hpp"
#include "interrupts/vector.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernel {

class InterruptDescriptorTable {
public:
    constexpr InterruptDescriptorTable() = default; // no gate is present

    // The CPU keeps the table's address: a copy would be another table.
    InterruptDescriptorTable(const InterruptDescriptorTable&) = delete;
    InterruptDescriptorTable& operator=(const InterruptDescriptorTable&) = delete;

    // From now on `handler` runs when vector V is raised:
    //
    //     table.set<Vector::breakpoint, on_breakpoint>(read_cs());
    //
    // A handler whose parameters are not those of its vector does not compile.
    template <Vector V, HandlerOf<V>& handler>
    void set(SegmentSelector code, InterruptStack stack = InterruptStack::none) {
        constexpr auto index = static_cast<std::size_t>(V);
        handlers_[index] = &call_handler<V, handler>;
        gates_[index] = Gate::interrupt(code, interrupt_stubs[index], stack);
    }

    // The same for every vector that has no handler yet. Which one it is, and the error code if it
    // has one, the handler finds in the frame.
    template <Handler& handler>
    void set_all_others(SegmentSelector code) {
        for (std::size_t index = 0; index < vector_count; ++index) {
            if (!gates_[index].is_present()) {
                handlers_[index] = &handler;
                gates_[index] = Gate::interrupt(code, interrupt_stubs[index]);
            }
        }
    }

    const Gate& operator[](Vector vector) const { return gates_[static_cast<std::size_t>(vector)]; }

    // Runs when `vector` is raised; null if its gate is not present.
    Handler* handler(Vector vector) const { return handlers_[static_cast<std::size_t>(vector)]; }

    // Makes it the CPU's table. It must live as long as the CPU uses it: for ever. No interrupt
    // may come in while the old table's gates and the new one's handlers are mixed.
    void load() const& {
        interrupt_handlers = handlers_.data();
        load_interrupt_descriptor_table(DescriptorTablePointer::to(gates_));
    }
    void load() const&& = delete;

private:
    using Gates = std::array<Gate, vector_count>;
    static_assert(sizeof(Gates) == 4096);

    alignas(16) Gates gates_{};
    std::array<Handler*, vector_count> handlers_{};
};

} // namespace kernel
