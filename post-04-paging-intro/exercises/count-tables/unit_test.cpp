// Judges the exercise count-tables.

#include "memory/table_count.hpp"

#include <gtest/gtest.h>

namespace {

using kernel::tables_for;

constexpr std::uint64_t page = 4096;
constexpr std::uint64_t mib = std::uint64_t{1} << 20;
constexpr std::uint64_t gib = std::uint64_t{1} << 30;

TEST(TableCount, IsFourForOnePage) {
    EXPECT_EQ(tables_for(0, page), 4u);
    EXPECT_EQ(tables_for(0x80'3FE7'F000, 0x80'3FE8'0000), 4u);
}

TEST(TableCount, IsFourForAllThatOneTableOfLevel1Covers) {
    EXPECT_EQ(tables_for(0, 2 * mib), 4u);
    EXPECT_EQ(tables_for(0, 2 * mib + page), 5u);
}

TEST(TableCount, DependsOnWhereThePieceBegins) {
    EXPECT_EQ(tables_for(2 * mib - page, 2 * mib + page), 5u);
    EXPECT_EQ(tables_for(gib - page, gib + page), 6u);
    EXPECT_EQ(tables_for(512 * gib - page, 512 * gib + page), 7u);
}

TEST(TableCount, IsKnownForLargePieces) {
    EXPECT_EQ(tables_for(0, gib), 515u);
    EXPECT_EQ(tables_for(0, 32 * gib), 16'384u + 32 + 1 + 1);
    EXPECT_EQ(tables_for(0, std::uint64_t{1} << 47), 67'108'864u + 131'072 + 256 + 1);
}

static_assert(tables_for(0, page) == 4);

} // namespace
