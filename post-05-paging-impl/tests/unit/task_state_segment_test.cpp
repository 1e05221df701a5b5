#include "interrupts/task_state_segment.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

namespace {

using kernel::InterruptStack;
using kernel::TaskStateSegment;

std::array<std::uint8_t, 104> bytes_of(const TaskStateSegment& segment) {
    std::array<std::uint8_t, 104> bytes;
    std::memcpy(bytes.data(), &segment, sizeof segment);
    return bytes;
}

// [Intel SDM vol. 3A, "64-Bit TSS Format"]
TEST(TaskStateSegment, HasTheFirstInterruptStackAtByte36AndTheIoMapBaseAtByte102) {
    TaskStateSegment segment;
    segment.set<InterruptStack::double_fault>(0x8877'6655'4433'2211);
    const auto bytes = bytes_of(segment);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int expected = i >= 36 && i < 44 ? 0x11 * static_cast<int>(i - 35)
                             : i == 102        ? 104 // low byte: nothing but the end
                                               : 0;
        EXPECT_EQ(bytes[i], expected) << "byte " << i;
    }
}

TEST(TaskStateSegment, KeepsTheHardwaresNumbersForItsStacks) {
    EXPECT_EQ(static_cast<int>(InterruptStack::none), 0);
    EXPECT_EQ(static_cast<int>(InterruptStack::double_fault), 1);
}

} // namespace
