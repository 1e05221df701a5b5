#include "interrupts/gate.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using kernel::Gate;
using kernel::SegmentSelector;

// [Intel SDM vol. 3A, "64-Bit Mode IDT"], bit by bit, with a different digit in every place.
TEST(Gate, HasItsBitsWhereTheManualSays) {
    const Gate gate = Gate::interrupt(SegmentSelector{0x1234}, 0xFEDC'BA98'7654'3210);
    EXPECT_EQ(gate.low(), 0x7654'8E00'1234'3210u);
    EXPECT_EQ(gate.high(), 0x0000'0000'FEDC'BA98u);
}

TEST(Gate, IsAllZeroIfItIsNotPresent) {
    constexpr Gate gate;
    EXPECT_FALSE(gate.is_present());
    EXPECT_EQ(gate.low(), 0u);
    EXPECT_EQ(gate.high(), 0u);
}

TEST(Gate, HasByDefaultNoInterruptStackAndPrivilegeLevelZero) {
    const Gate gate = Gate::interrupt(SegmentSelector{0xFFFF}, ~std::uint64_t{0});
    EXPECT_EQ(gate.low() >> 32 & 0b111, 0u);       // IST
    EXPECT_EQ(gate.low() >> 40 & 0b1111, 0b1110u); // type: interrupt gate, not trap gate
    EXPECT_EQ(gate.low() >> 44 & 0b1, 0u);         // a system descriptor
    EXPECT_EQ(gate.low() >> 45 & 0b11, 0u);        // DPL
    EXPECT_EQ(gate.low() >> 47 & 0b1, 1u);         // present
    EXPECT_EQ(gate.high() >> 32, 0u);              // reserved
}

TEST(Gate, NamesItsInterruptStackInBits32To34) {
    const Gate gate = Gate::interrupt(SegmentSelector{0x1234}, 0xFEDC'BA98'7654'3210,
                                      kernel::InterruptStack::double_fault);
    EXPECT_EQ(gate.low(), 0x7654'8E01'1234'3210u);
    EXPECT_EQ(gate.stack(), kernel::InterruptStack::double_fault);
}

TEST(Gate, ReturnsWhatItWasMadeOf) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t handler = random();
        const auto selector = static_cast<SegmentSelector>(random());
        const Gate gate = Gate::interrupt(selector, handler);
        EXPECT_EQ(gate.handler(), handler);
        EXPECT_EQ(SegmentSelector{static_cast<std::uint16_t>(gate.low() >> 16)}, selector);
        EXPECT_TRUE(gate.is_present());
    }
}

} // namespace
