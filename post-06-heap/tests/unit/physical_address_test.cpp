#include "memory/physical_address.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace kernel;

TEST(PhysicalAddress, HasAtMost52Bits) {
    for (const std::uint64_t value :
         {0x0ull, 0x1ull, 0x0008'0000'0000'0000ull, 0x000F'FFFF'FFFF'FFFFull}) {
        EXPECT_EQ(PhysicalAddress::truncated(value).value(), value);
    }
    for (unsigned bit = 52; bit < 64; ++bit) {
        EXPECT_EQ(PhysicalAddress::truncated(0x1000 | 1ull << bit).value(), 0x1000u) << bit;
    }
}

TEST(PhysicalAddress, KeepsTheLower52BitsWhenItIsTruncated) {
    EXPECT_EQ(PhysicalAddress::truncated(~std::uint64_t{0}).value(), 0x000F'FFFF'FFFF'FFFFu);
    EXPECT_EQ(PhysicalAddress::truncated(0x0010'0000'0000'0000).value(), 0u);
    EXPECT_EQ(PhysicalAddress::truncated(0x8000'0000'0010'A123).value(), 0x10'A123u);
    std::mt19937_64 random{1};
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t value = random();
        const PhysicalAddress address = PhysicalAddress::truncated(value);
        EXPECT_EQ(address.value() << 12, value << 12);
    }
}

// A virtual address would become 0xFFFF'8000'0000'0000.
TEST(PhysicalAddress, IsNotSignExtended) {
    EXPECT_EQ(PhysicalAddress::truncated(0x0000'8000'0000'0000).value(), 0x0000'8000'0000'0000u);
    EXPECT_EQ(PhysicalAddress::truncated(0xFFFF'8000'0000'0000).value(), 0x000F'8000'0000'0000u);
}

TEST(PhysicalAddress, IsZeroByDefault) {
    EXPECT_EQ(PhysicalAddress{}.value(), 0U);
}

TEST(PhysicalAddress, IsOrderedByItsValue) {
    EXPECT_LT(PhysicalAddress{}, PhysicalAddress::truncated(1));
    EXPECT_LT(PhysicalAddress::truncated(0x7FFF'FFFF'FFFF),
              PhysicalAddress::truncated(0x000F'FFFF'FFFF'FFFF));
}

} // namespace
