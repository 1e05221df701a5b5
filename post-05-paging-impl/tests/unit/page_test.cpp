#include "memory/page.hpp"

#include <gtest/gtest.h>

#include <random>
#include <type_traits>
#include <vector>

namespace {

using namespace kernel;
using enum Level;

TEST(Level, LeadsDownToLevel1) {
    EXPECT_EQ(level_below(level_4), level_3);
    EXPECT_EQ(level_below(level_3), level_2);
    EXPECT_EQ(level_below(level_2), level_1);
}

TEST(Level, SaysHowMuchOneOfItsEntriesCovers) {
    EXPECT_EQ(size_in_bytes(level_1), 0x1000u);
    EXPECT_EQ(size_in_bytes(level_2), 0x20'0000u);
    EXPECT_EQ(size_in_bytes(level_3), 0x4000'0000u);
    EXPECT_EQ(size_in_bytes(level_4), 0x80'0000'0000u);
}

struct SizeRow {
    PageSize size;
    Level level;
    std::uint64_t bytes;
    const char* name;
};

constexpr SizeRow sizes[] = {
    {PageSize::kib4, level_1, 0x1000, "4 KiB"},
    {PageSize::mib2, level_2, 0x20'0000, "2 MiB"},
    {PageSize::gib1, level_3, 0x4000'0000, "1 GiB"},
};

TEST(PageSize, IsALevelWithItsBytesAndItsName) {
    for (const SizeRow& row : sizes) {
        EXPECT_EQ(row.size, row.level);
        EXPECT_EQ(size_in_bytes(row.size), row.bytes);
        EXPECT_EQ(name_of(row.size), row.name);
    }
}

constexpr VirtualAddress at(std::uint64_t value) {
    return VirtualAddress::checked(value).value();
}

constexpr PhysicalAddress physical(std::uint64_t value) {
    return PhysicalAddress::truncated(value);
}

// The same tests for pages and frames of every size.
template <typename>
class PageOfEachSize : public testing::Test {};

using EachSize = testing::Types<Page<PageSize::kib4>, Page<PageSize::mib2>, Page<PageSize::gib1>>;
TYPED_TEST_SUITE(PageOfEachSize, EachSize, );

// Starts of pages of `size` bytes, at both ends of both halves and in between.
std::vector<std::uint64_t> page_starts(std::uint64_t size) {
    return {0, size, 7 * size, 0x0000'8000'0000'0000 - size, 0xFFFF'8000'0000'0000, 0 - size};
}

std::vector<std::uint64_t> frame_starts(std::uint64_t size) {
    return {0, size, 7 * size, 0x0000'8000'0000'0000, 0x0010'0000'0000'0000 - size};
}

// The offsets of a page's first and last byte and of bytes in between.
std::vector<std::uint64_t> offsets(std::uint64_t size) {
    std::vector<std::uint64_t> all{0, size / 2 + 1, size - 1};
    for (std::uint64_t offset = 1; offset < size; offset *= 2) {
        all.push_back(offset);
    }
    return all;
}

TYPED_TEST(PageOfEachSize, ContainsItsAddressesFromTheFirstToTheLast) {
    constexpr std::uint64_t size = size_in_bytes(TypeParam::size);
    for (const std::uint64_t start : page_starts(size)) {
        for (const std::uint64_t offset : offsets(size)) {
            EXPECT_EQ(TypeParam::containing(at(start + offset)).start(), at(start)) << offset;
        }
    }
}

TYPED_TEST(PageOfEachSize, BeginsAtAMultipleOfItsSizeNotAboveItsAddresses) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 1000; ++i) {
        const auto address = VirtualAddress::sign_extended(random());
        const std::uint64_t start = TypeParam::containing(address).start().value();
        EXPECT_EQ(start % size_in_bytes(TypeParam::size), 0u);
        EXPECT_LT(address.value() - start, size_in_bytes(TypeParam::size));
    }
}

TYPED_TEST(PageOfEachSize, HasAFrameThatContainsItsAddressesFromTheFirstToTheLast) {
    constexpr std::uint64_t size = size_in_bytes(TypeParam::size);
    for (const std::uint64_t start : frame_starts(size)) {
        for (const std::uint64_t offset : offsets(size)) {
            EXPECT_EQ(Frame<TypeParam::size>::containing(physical(start + offset)).start(),
                      physical(start))
                << offset;
        }
    }
}

TEST(Page, IsFourKibibytesLargeByDefault) {
    EXPECT_EQ(Page<>::size, PageSize::kib4);
    EXPECT_EQ(Frame<>::size, PageSize::kib4);
}

TEST(Page, IsOrderedByItsAddress) {
    EXPECT_LT(Page<>::containing(at(0x1FFF)), Page<>::containing(at(0x2000)));
    EXPECT_LT(Page<>::containing(at(0x7FFF'FFFF'FFFF)),
              Page<>::containing(at(0xFFFF'8000'0000'0000)));
    EXPECT_LT(Frame<>::containing(physical(0x1FFF)), Frame<>::containing(physical(0x2000)));
}

// Pages, frames and their sizes do not convert into each other.
static_assert(!std::is_convertible_v<Page<>, Frame<>>);
static_assert(!std::is_convertible_v<VirtualAddress, PhysicalAddress>);
static_assert(!std::is_convertible_v<PhysicalAddress, VirtualAddress>);
static_assert(!std::is_convertible_v<Page<PageSize::mib2>, Page<>>);
static_assert(!std::is_constructible_v<Page<>, VirtualAddress>);
static_assert(!std::is_constructible_v<Frame<>, PhysicalAddress>);

} // namespace
