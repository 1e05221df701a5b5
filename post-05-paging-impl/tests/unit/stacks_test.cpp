#include "interrupts/stacks.hpp"

#include <gtest/gtest.h>

namespace {

using kernel::GuardPages;

const std::byte* at(std::uint64_t address) {
    return reinterpret_cast<const std::byte*>(address);
}

TEST(GuardPages, AreReachedFromTheirStartToTheStacksLowestByte) {
    const GuardPages guard{at(0x10'0000), at(0x10'2000)};
    EXPECT_FALSE(guard.is_reached_by(0x0F'FFFF));
    EXPECT_TRUE(guard.is_reached_by(0x10'0000));
    EXPECT_TRUE(guard.is_reached_by(0x10'1FF8));
    EXPECT_TRUE(guard.is_reached_by(0x10'2000)); // the next push goes below
    EXPECT_FALSE(guard.is_reached_by(0x10'2001));
}

} // namespace
