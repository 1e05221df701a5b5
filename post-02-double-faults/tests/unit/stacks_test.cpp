#include "interrupts/stacks.hpp"

#include <gtest/gtest.h>

namespace {

using kernel::GuardPages;

const std::byte* at(std::uint64_t address) {
    return reinterpret_cast<const std::byte*>(address);
}

TEST(GuardPages, ContainTheirBytesAndNoOthers) {
    const GuardPages guard{at(0x10'0000), at(0x10'2000)};
    EXPECT_FALSE(guard.contain(0x0F'FFFF));
    EXPECT_TRUE(guard.contain(0x10'0000));
    EXPECT_TRUE(guard.contain(0x10'1FFF));
    EXPECT_FALSE(guard.contain(0x10'2000));
}

} // namespace
