#include "interrupts/global_descriptor_table.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;

struct Built {
    GlobalDescriptorTable table{};
    SegmentSelector code{};
    SegmentSelector data{};
    SegmentSelector task_state{};
};

consteval Built build() {
    Built built;
    built.code = built.table.add(SegmentDescriptor::kernel_code());
    built.data = built.table.add(SegmentDescriptor::kernel_data());
    built.task_state = built.table.add_task_state_segment();
    return built;
}

TEST(GlobalDescriptorTable, GivesTheSelectorOfEachEntry) {
    constexpr Built built = build();
    EXPECT_EQ(built.code, SegmentSelector{0x08});
    EXPECT_EQ(built.data, SegmentSelector{0x10});
    EXPECT_EQ(built.task_state, SegmentSelector{0x18});
}

TEST(GlobalDescriptorTable, BeginsWithTheNullDescriptor) {
    constexpr Built built = build();
    EXPECT_EQ(built.table.words()[0], 0u);
    EXPECT_EQ(built.table.words()[1], SegmentDescriptor::kernel_code().bits());
    EXPECT_EQ(built.table.words()[2], SegmentDescriptor::kernel_data().bits());
}

TEST(GlobalDescriptorTable, PointsAtTheTaskStateSegment) {
    Built built = build();
    const TaskStateSegment segment;
    built.table.set(built.task_state, segment);
    const TaskStateSegmentDescriptor expected{reinterpret_cast<std::uint64_t>(&segment), 103};
    EXPECT_EQ(built.table.words()[3], expected.low());
    EXPECT_EQ(built.table.words()[4], expected.high());
}

// [Intel SDM vol. 3A, "Segment Descriptors"]: bits 40 to 43 type, 44 S,
// 45-46 DPL, 47 P, 53 L, 54 D
TEST(SegmentDescriptor, HasTheManualsBits) {
    EXPECT_EQ(SegmentDescriptor::kernel_code().bits(), 0x0020'9900'0000'0000u);
    EXPECT_EQ(SegmentDescriptor::kernel_data().bits(), 0x0000'9300'0000'0000u);
}

// [Intel SDM vol. 3A, "TSS Descriptor in 64-bit mode"], with another digit in every place
TEST(TaskStateSegmentDescriptor, SplitsBaseAndLimitAsTheManualSays) {
    const TaskStateSegmentDescriptor descriptor{0xFEDC'BA98'7654'3210, 0xABCD};
    EXPECT_EQ(descriptor.low(), 0x7600'8954'3210'ABCDu);
    EXPECT_EQ(descriptor.high(), 0x0000'0000'FEDC'BA98u);
}

} // namespace
