#include "runtime/memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace {

using Bytes = std::array<unsigned char, 64>;

Bytes counted() {
    Bytes bytes;
    std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(1));
    return bytes;
}

TEST(Memory, MovesLikeTheStandardFunctionForEveryOverlap) {
    for (std::size_t from = 0; from < 24; ++from) {
        for (std::size_t to = 0; to < 24; ++to) {
            for (std::size_t count = 0; count <= 40; ++count) {
                Bytes ours = counted();
                Bytes theirs = counted();
                kernel::move_bytes(ours.data() + to, ours.data() + from, count);
                std::memmove(theirs.data() + to, theirs.data() + from, count);
                ASSERT_EQ(ours, theirs) << from << " to " << to << ", " << count << " bytes";
            }
        }
    }
}

TEST(Memory, CopiesExactlyAsManyBytesAsItIsTold) {
    const Bytes source = counted();
    for (std::size_t count = 0; count <= source.size(); ++count) {
        Bytes target{};
        kernel::copy_forward(target.data(), source.data(), count);
        EXPECT_TRUE(
            std::equal(target.begin(), target.begin() + static_cast<long>(count), source.begin()));
        EXPECT_TRUE(std::all_of(target.begin() + static_cast<long>(count), target.end(),
                                [](unsigned char byte) { return byte == 0; }));
    }
}

TEST(Memory, FillsWithTheByteAndNoFurther) {
    Bytes bytes{};
    kernel::fill_bytes(bytes.data() + 8, 0xAB, 16);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        EXPECT_EQ(bytes[i], i >= 8 && i < 24 ? 0xAB : 0) << i;
    }
}

TEST(Memory, ComparesBytesAsUnsigned) {
    const unsigned char low[] = {1, 2, 0x7F};
    const unsigned char high[] = {1, 2, 0x80};
    EXPECT_LT(kernel::compare_bytes(low, high, 3), 0);
    EXPECT_GT(kernel::compare_bytes(high, low, 3), 0);
    EXPECT_EQ(kernel::compare_bytes(low, high, 2), 0);
    EXPECT_EQ(kernel::compare_bytes(low, high, 0), 0);
}

TEST(Memory, FindsTheFirstByteOrNothing) {
    const char text[] = "abcabc";
    EXPECT_EQ(kernel::find_byte(text, 'b', 6), text + 1);
    EXPECT_EQ(kernel::find_byte(text, 'b', 1), nullptr);
    EXPECT_EQ(kernel::find_byte(text, 'x', 6), nullptr);
}

TEST(Memory, MeasuresTextUpToItsZero) {
    EXPECT_EQ(kernel::text_length(""), 0u);
    EXPECT_EQ(kernel::text_length("four\0more"), 4u);
}

} // namespace
