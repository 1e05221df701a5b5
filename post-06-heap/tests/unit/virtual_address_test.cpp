#include "memory/virtual_address.hpp"

#include <gtest/gtest.h>

#include <random>
#include <utility>

namespace {

using namespace kernel;
using enum Level;

constexpr Level every_level[] = {level_4, level_3, level_2, level_1};

TEST(VirtualAddress, IsMadeOnlyOfCanonicalValues) {
    for (const std::uint64_t canonical :
         {0x0ull, 0x1ull, 0x0000'7FFF'FFFF'FFFEull, 0x0000'7FFF'FFFF'FFFFull,
          0xFFFF'8000'0000'0000ull, 0xFFFF'8000'0000'0001ull, ~0ull}) {
        const auto address = VirtualAddress::checked(canonical);
        ASSERT_TRUE(address.has_value()) << std::hex << canonical;
        EXPECT_EQ(address->value(), canonical);
    }
    for (const std::uint64_t other :
         {0x0000'8000'0000'0000ull, 0x0000'8000'0000'0001ull, 0x0000'FFFF'FFFF'FFFFull,
          0x0001'0000'0000'0000ull, 0x7FFF'FFFF'FFFF'FFFFull, 0x8000'0000'0000'0000ull,
          0xFFFE'8000'0000'0000ull, 0xFFFF'0000'0000'0000ull, 0xFFFF'7FFF'FFFF'FFFFull}) {
        EXPECT_FALSE(VirtualAddress::checked(other).has_value()) << std::hex << other;
    }
}

TEST(VirtualAddress, NeedsEveryOneOfItsUpperBitsToRepeatBit47) {
    for (const std::uint64_t canonical : {0x0000'1234'5678'9ABCull, 0xFFFF'9234'5678'9ABCull}) {
        for (unsigned bit = 47; bit < 64; ++bit) {
            EXPECT_FALSE(VirtualAddress::checked(canonical ^ 1ull << bit).has_value()) << bit;
        }
        for (unsigned bit = 0; bit < 47; ++bit) {
            EXPECT_TRUE(VirtualAddress::checked(canonical ^ 1ull << bit).has_value()) << bit;
        }
    }
}

TEST(VirtualAddress, IsZeroByDefault) {
    EXPECT_EQ(VirtualAddress{}.value(), 0U);
}

TEST(VirtualAddress, RepeatsBit47IfItIsSignExtended) {
    const std::pair<std::uint64_t, std::uint64_t> cases[] = {
        {0x0000'0000'0000'0000, 0x0000'0000'0000'0000},
        {0x0000'7FFF'FFFF'FFFF, 0x0000'7FFF'FFFF'FFFF},
        {0x0000'8000'0000'0000, 0xFFFF'8000'0000'0000},
        {0x0000'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF},
        {0x0001'0000'0000'0000, 0x0000'0000'0000'0000},
        {0x8000'0000'0000'0000, 0x0000'0000'0000'0000},
        {0xFFFF'7FFF'FFFF'FFFF, 0x0000'7FFF'FFFF'FFFF},
        {0xFFFF'8000'0000'0000, 0xFFFF'8000'0000'0000},
        {0x1234'9234'5678'9ABC, 0xFFFF'9234'5678'9ABC},
        {~std::uint64_t{0}, ~std::uint64_t{0}},
    };
    for (const auto& [value, extended] : cases) {
        EXPECT_EQ(VirtualAddress::sign_extended(value).value(), extended) << std::hex << value;
    }
}

TEST(VirtualAddress, IsCanonicalWhateverItWasExtendedFrom) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t value = random();
        const VirtualAddress address = VirtualAddress::sign_extended(value);
        EXPECT_EQ(VirtualAddress::checked(address.value()), address);
        EXPECT_EQ(address.value() << 16, value << 16); // the lower 48 bits stay
    }
}

TEST(VirtualAddress, HasEachBitInOneIndexOrInTheOffset) {
    const std::pair<Level, unsigned> lowest_bits[] = {
        {level_4, 39}, {level_3, 30}, {level_2, 21}, {level_1, 12}};
    for (unsigned bit = 0; bit < 48; ++bit) {
        const auto address = VirtualAddress::sign_extended(1ull << bit);
        for (const auto& [level, lowest] : lowest_bits) {
            const bool inside = bit >= lowest && bit < lowest + 9;
            EXPECT_EQ(address.index(level), inside ? 1u << (bit - lowest) : 0u)
                << "bit " << bit << ", level " << static_cast<int>(level);
            EXPECT_EQ(address.offset(level), bit < lowest ? 1ull << bit : 0u)
                << "bit " << bit << ", level " << static_cast<int>(level);
        }
    }
}

TEST(VirtualAddress, BeginsTheUpperHalfAtEntry256OfLevel4) {
    const auto last_lower = VirtualAddress::checked(0x0000'7FFF'FFFF'FFFF).value();
    const auto first_upper = VirtualAddress::checked(0xFFFF'8000'0000'0000).value();
    EXPECT_EQ(last_lower.index(level_4), 255);
    EXPECT_EQ(first_upper.index(level_4), 256);
    for (const Level level : {level_3, level_2, level_1}) {
        EXPECT_EQ(last_lower.index(level), 511);
        EXPECT_EQ(first_upper.index(level), 0);
    }
}

TEST(VirtualAddress, HasTheHighestIndicesAndOffsetsAtItsEnd) {
    const auto last = VirtualAddress::sign_extended(~std::uint64_t{0});
    for (const Level level : every_level) {
        EXPECT_EQ(last.index(level), 511);
    }
    EXPECT_EQ(last.offset(level_1), 0xFFFu);
    EXPECT_EQ(last.offset(level_2), 0x1F'FFFFu);
    EXPECT_EQ(last.offset(level_3), 0x3FFF'FFFFu);
    EXPECT_EQ(last.offset(level_4), 0x7F'FFFF'FFFFu);
}

TEST(VirtualAddress, IsTheSumOfItsIndicesAndItsOffset) {
    std::mt19937_64 random{2};
    for (int i = 0; i < 1000; ++i) {
        const auto address = VirtualAddress::sign_extended(random());
        std::uint64_t sum = address.offset(level_1);
        for (const Level level : every_level) {
            ASSERT_LT(address.index(level), 512);
            sum += address.index(level) * size_in_bytes(level);
        }
        EXPECT_EQ(VirtualAddress::sign_extended(sum), address);
    }
}

TEST(VirtualAddress, BecomesAPointer) {
    int value = 7;
    const auto address = VirtualAddress::checked(reinterpret_cast<std::uint64_t>(&value)).value();
    EXPECT_EQ(address.as<int>(), &value);
}

TEST(VirtualAddress, IsOrderedWithTheUpperHalfAfterTheLowerOne) {
    const auto last_lower = VirtualAddress::sign_extended(0x7FFF'FFFF'FFFF);
    const auto first_upper = VirtualAddress::sign_extended(0x8000'0000'0000);
    EXPECT_LT(VirtualAddress{}, last_lower);
    EXPECT_LT(last_lower, first_upper);
    EXPECT_LT(first_upper, VirtualAddress::sign_extended(~std::uint64_t{0}));
}

} // namespace
