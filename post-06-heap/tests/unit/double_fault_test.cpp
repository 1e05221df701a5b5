#include "interrupts/double_fault.hpp"
#include "interrupts/guard_pages.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace kernel;

// The manual's two tables, as it prints them.
// [Intel SDM vol. 3A, "Interrupt and Exception Classes"]
// Vectors that it does not list are reserved, or AMD's.
const std::vector<int> benign{1, 2, 3, 4, 5, 6, 7, 9, 16, 17, 18, 19};
const std::vector<int> contributory{0, 10, 11, 12, 13, 21};
const std::vector<int> page_faults{14, 20};

constexpr auto serially = Consequence::one_after_the_other;
constexpr auto doubled = Consequence::double_fault;
constexpr auto shutdown = Consequence::shutdown;

// [Intel SDM vol. 3A, "Conditions for Generating a Double Fault"]
struct Row {
    std::vector<int> first;
    Consequence then_benign, then_contributory, then_page_fault;
};
const Row rows[] = {
    {benign, serially, serially, serially},
    {contributory, serially, doubled, serially},
    {page_faults, serially, doubled, doubled},
    {{8}, serially, shutdown, shutdown},
};

void expect_column(const Row& row, const std::vector<int>& seconds, Consequence consequence) {
    for (const int first : row.first) {
        for (const int second : seconds) {
            EXPECT_EQ(consequence_of(static_cast<Vector>(first), static_cast<Vector>(second)),
                      consequence)
                << first << ", then " << second;
        }
    }
}

TEST(DoubleFault, FollowsTheManualsTable) {
    for (const Row& row : rows) {
        expect_column(row, benign, row.then_benign);
        expect_column(row, contributory, row.then_contributory);
        expect_column(row, page_faults, row.then_page_fault);
    }
}

TEST(DoubleFault, NeverComesOfAVectorThatTheManualReserves) {
    for (const int reserved : {15, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 255}) {
        for (int other = 0; other < 256; ++other) {
            const auto one = static_cast<Vector>(reserved);
            const auto two = static_cast<Vector>(other);
            EXPECT_EQ(consequence_of(one, two), serially) << reserved << ", then " << other;
            EXPECT_EQ(consequence_of(two, one), serially) << other << ", then " << reserved;
        }
    }
}

TEST(DoubleFault, NeedsAPairAndNotAnyPair) {
    using enum Vector;
    static_assert(consequence_of(page_fault, general_protection) == Consequence::double_fault);
    static_assert(consequence_of(general_protection, page_fault) ==
                  Consequence::one_after_the_other);
    static_assert(consequence_of(divide_error, page_fault) == Consequence::one_after_the_other);
    static_assert(consequence_of(breakpoint, segment_not_present) ==
                  Consequence::one_after_the_other);
    static_assert(consequence_of(double_fault, page_fault) == Consequence::shutdown);
}

TEST(GuardPages, IsReachedFromItsStartToTheStacksLowestByte) {
    const GuardPages guard{0x10'0000, 0x10'2000};
    EXPECT_FALSE(guard.is_reached_by(0x0F'FFFF));
    EXPECT_TRUE(guard.is_reached_by(0x10'0000));
    EXPECT_TRUE(guard.is_reached_by(0x10'1FF8));
    EXPECT_TRUE(guard.is_reached_by(0x10'2000)); // the next push goes below
    EXPECT_FALSE(guard.is_reached_by(0x10'2008));
}

} // namespace
