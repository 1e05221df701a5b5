// kernel/runtime/memory_functions.cpp as it is compiled for the kernel, each name with kernel_ in
// front.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

extern "C" {
void* kernel_memcpy(void* to, const void* from, std::size_t count);
void* kernel_memmove(void* to, const void* from, std::size_t count);
void* kernel_memset(void* to, int value, std::size_t count);
int kernel_memcmp(const void* left, const void* right, std::size_t count);
void* kernel_memchr(const void* in, int value, std::size_t count);
std::size_t kernel_strlen(const char* text);
}

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
                EXPECT_EQ(kernel_memmove(ours.data() + to, ours.data() + from, count),
                          ours.data() + to);
                std::memmove(theirs.data() + to, theirs.data() + from, count);
                ASSERT_EQ(ours, theirs) << from << " to " << to << ", " << count << " bytes";
            }
        }
    }
}

TEST(Memory, CopiesExactlyTheGivenNumberOfBytes) {
    const Bytes source = counted();
    for (std::size_t count = 0; count <= source.size(); ++count) {
        Bytes target{};
        Bytes expected{};
        std::copy_n(source.begin(), count, expected.begin());
        EXPECT_EQ(kernel_memcpy(target.data(), source.data(), count), target.data());
        EXPECT_EQ(target, expected) << count;
    }
}

TEST(Memory, FillsWithTheLowestByteAndNoFurther) {
    Bytes bytes{};
    EXPECT_EQ(kernel_memset(bytes.data() + 8, 0x1AB, 16), bytes.data() + 8);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        EXPECT_EQ(bytes[i], i >= 8 && i < 24 ? 0xAB : 0) << i;
    }
}

TEST(Memory, ComparesBytesAsUnsigned) {
    const unsigned char low[] = {1, 2, 0x7F};
    const unsigned char high[] = {1, 2, 0x80};
    EXPECT_LT(kernel_memcmp(low, high, 3), 0);
    EXPECT_GT(kernel_memcmp(high, low, 3), 0);
    EXPECT_EQ(kernel_memcmp(low, high, 2), 0);
    EXPECT_EQ(kernel_memcmp(low, high, 0), 0);
}

TEST(Memory, FindsTheFirstByteOrNothing) {
    const char text[] = "abcabc";
    EXPECT_EQ(kernel_memchr(text, 'b', 6), text + 1);
    EXPECT_EQ(kernel_memchr(text, 0x100 + 'b', 6), text + 1);
    EXPECT_EQ(kernel_memchr(text, 'b', 1), nullptr);
    EXPECT_EQ(kernel_memchr(text, 'x', 6), nullptr);
}

TEST(Memory, MeasuresTextUpToItsZero) {
    EXPECT_EQ(kernel_strlen(""), 0u);
    EXPECT_EQ(kernel_strlen("four\0more"), 4u);
}

} // namespace
