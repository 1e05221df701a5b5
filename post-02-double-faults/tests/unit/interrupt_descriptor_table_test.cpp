#include "interrupts/interrupt_descriptor_table.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;

int calls = 0;
std::uint64_t seen_error_code = 0;

void on_breakpoint(TrapFrame&) {
    ++calls;
}

void on_page_fault(TrapFrame&, std::uint64_t error_code) {
    ++calls;
    seen_error_code = error_code;
}

TEST(InterruptDescriptorTable, HasNoPresentGateAtFirst) {
    const InterruptDescriptorTable table;
    for (std::size_t vector = 0; vector < vector_count; ++vector) {
        EXPECT_FALSE(table[static_cast<Vector>(vector)].is_present()) << vector;
    }
}

TEST(InterruptDescriptorTable, SetsTheGateOfItsVectorAndNoOther) {
    InterruptDescriptorTable table;
    table.set<Vector::breakpoint, on_breakpoint>();
    for (std::size_t vector = 0; vector < vector_count; ++vector) {
        const Gate& gate = table[static_cast<Vector>(vector)];
        EXPECT_EQ(gate.is_present(), vector == 3) << vector;
    }
    EXPECT_EQ(table[Vector::breakpoint].low() >> 16 & 0xFFFF,
              static_cast<std::uint64_t>(read_cs()));
    EXPECT_EQ(table[Vector::breakpoint].handler(), interrupt_stubs[3]);
}

TEST(InterruptDescriptorTable, CallsAHandlerThroughItsOwnType) {
    InterruptDescriptorTable table;
    table.set<Vector::breakpoint, on_breakpoint>();
    table.set<Vector::page_fault, on_page_fault>();
    TrapFrame frame{};
    frame.error_code = 0x1234;
    calls = 0;
    table.handler(Vector::breakpoint)(frame);
    EXPECT_EQ(calls, 1);
    table.handler(Vector::page_fault)(frame);
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(seen_error_code, 0x1234u);
}

TEST(InterruptDescriptorTable, PassesTheInterruptStackToTheGate) {
    InterruptDescriptorTable table;
    table.set<Vector::breakpoint, on_breakpoint>(InterruptStack::double_fault);
    EXPECT_EQ(table[Vector::breakpoint].stack(), InterruptStack::double_fault);
}

TEST(InterruptDescriptorTable, DoesNotShareItsHandlersWithAnotherTable) {
    InterruptDescriptorTable one;
    const InterruptDescriptorTable other;
    one.set<Vector::breakpoint, on_breakpoint>();
    EXPECT_NE(one.handler(Vector::breakpoint), nullptr);
    EXPECT_EQ(other.handler(Vector::breakpoint), nullptr);
}

TEST(DescriptorTablePointer, HoldsTheSizeMinusOne) {
    const std::array<Gate, vector_count> gates{};
    const auto pointer = DescriptorTablePointer::to(gates);
    EXPECT_EQ(pointer.limit, 256 * 16 - 1);
    const std::uint64_t base = pointer.base; // a copy: the field itself is not aligned
    EXPECT_EQ(base, reinterpret_cast<std::uint64_t>(&gates));
}

} // namespace
