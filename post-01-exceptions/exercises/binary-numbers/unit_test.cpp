// Judges the exercise binary-numbers.

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace {

TEST(BinaryNumbers, AreWrittenInBase2) {
    EXPECT_EQ(printed("{:b}", 5u), "101");
    EXPECT_EQ(printed("{:b}", 0), "0");
    EXPECT_EQ(printed("{:b}", -5), "-101");
    EXPECT_EQ(printed("{:b}", std::numeric_limits<std::uint64_t>::max()), std::string(64, '1'));
    EXPECT_EQ(printed("{:b}", std::numeric_limits<std::int64_t>::min()),
              "-1" + std::string(63, '0'));
}

TEST(BinaryNumbers, TakePrefixAndWidth) {
    EXPECT_EQ(printed("{:#b}", 5u), "0b101");
    EXPECT_EQ(printed("{:8b}|", 5u), "     101|");
    EXPECT_EQ(printed("{:08b}", 5u), "00000101");
    EXPECT_EQ(printed("{:#010b}", 5u), "0b00000101");
    EXPECT_EQ(printed("{:#010b}", -5), "-0b0000101");
    EXPECT_EQ(printed("{:#080b}", 1u), "0b" + std::string(77, '0') + "1");
}

TEST(BinaryNumbers, LeaveTheOtherBasesAsTheyWere) {
    EXPECT_EQ(printed("{} {:x} {:#06x} {:#}", 42, 42, 42, 42), "42 2a 0x002a 42");
}

TEST(BinaryNumbers, AreNumbersOnly) {
    constexpr kernel::Field field = kernel::parse_field(":b");
    EXPECT_FALSE(kernel::accepts<const char*>(field));
    EXPECT_TRUE(kernel::accepts<int>(field));
}

} // namespace
