#include "interrupts/frame_check.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;

constexpr SegmentSelector code{0x08};

TrapFrame frame_of(std::uint64_t vector) {
    TrapFrame frame{};
    frame.rax = 0xA;
    frame.vector = vector;
    frame.error_code = 0xE;
    frame.rip = 0x10'1234;
    frame.cs = 0x08;
    frame.rflags = 0x46;
    frame.rsp = 0x11'0000;
    frame.ss = 0x10;
    return frame;
}

// As `int n` leaves it: what lay on the stack before is taken for SS.
TrapFrame without_error_code(const TrapFrame& frame) {
    TrapFrame shorter = frame;
    shorter.error_code = frame.rip;
    shorter.rip = frame.cs;
    shorter.cs = frame.rflags;
    shorter.rflags = frame.rsp;
    shorter.rsp = frame.ss;
    shorter.ss = 0x5555'5555'5555'5555;
    return shorter;
}

TEST(FrameCheck, BelievesWhatTheCpuPushes) {
    for (std::uint64_t vector = 0; vector < vector_count; ++vector) {
        EXPECT_EQ(origin_of(frame_of(vector), code), FrameOrigin::exception) << vector;
    }
}

TEST(FrameCheck, KnowsASoftwareInterruptByTheMissingErrorCode) {
    for (const std::uint64_t vector : {8u, 10u, 11u, 12u, 13u, 14u, 17u, 21u, 29u, 30u}) {
        const TrapFrame frame = without_error_code(frame_of(vector));
        EXPECT_EQ(origin_of(frame, code), FrameOrigin::software_interrupt) << vector;
    }
    EXPECT_EQ(origin_of(without_error_code(frame_of(3)), code), FrameOrigin::unknown);
}

TEST(FrameCheck, PutsTheFieldsOfASoftwareInterruptBackIntoTheirPlaces) {
    const TrapFrame right = frame_of(14);
    const TrapFrame moved = with_error_code(without_error_code(right));
    EXPECT_EQ(moved.error_code, 0u);
    EXPECT_EQ(moved.rip, right.rip);
    EXPECT_EQ(moved.cs, right.cs);
    EXPECT_EQ(moved.rflags, right.rflags);
    EXPECT_EQ(moved.rsp, right.rsp);
    EXPECT_EQ(moved.ss, right.ss);
    EXPECT_EQ(moved.rax, right.rax);
    EXPECT_EQ(moved.vector, right.vector);
}

TEST(FrameCheck, DoesNotTakeEveryCsForOurs) {
    for (const std::uint64_t cs : {0x00u, 0x10u, 0x0Bu, 0x10008u}) {
        TrapFrame frame = frame_of(14);
        frame.cs = cs;
        EXPECT_EQ(origin_of(frame, code), FrameOrigin::unknown) << cs;
    }
}

} // namespace
