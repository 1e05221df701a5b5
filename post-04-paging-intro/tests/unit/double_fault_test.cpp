#include "interrupts/double_fault.hpp"
#include "interrupts/guard_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace {

using namespace kernel;

bool is_in(const std::vector<int>& vectors, int vector) {
    return std::find(vectors.begin(), vectors.end(), vector) != vectors.end();
}

// The table of [AMD APM vol. 2, 8.2.9 "#DF—Double-Fault Exception (Vector 8)"], and the shutdown
// of [Intel SDM vol. 3A, "Interrupt 8—Double Fault Exception (#DF)"].
// Vectors: 0 #DE, 8 #DF, 10 #TS, 11 #NP, 12 #SS, 13 #GP, 14 #PF.
Consequence by_the_table(int first, int second) {
    if (is_in({0, 10, 11, 12, 13}, first) && is_in({10, 11, 12, 13}, second)) {
        return Consequence::double_fault;
    }
    if (first == 14 && is_in({10, 11, 12, 13, 14}, second)) {
        return Consequence::double_fault;
    }
    if (first == 8 && is_in({10, 11, 12, 13, 14}, second)) {
        return Consequence::shutdown;
    }
    return Consequence::one_after_the_other;
}

TEST(DoubleFault, FollowsTheManualForEveryPairOfExceptions) {
    int double_faults = 0;
    for (int first = 0; first < 32; ++first) {
        for (int second = 0; second < 32; ++second) {
            const Consequence consequence =
                consequence_of(static_cast<Vector>(first), static_cast<Vector>(second));
            EXPECT_EQ(consequence, by_the_table(first, second)) << first << ", then " << second;
            double_faults += consequence == Consequence::double_fault ? 1 : 0;
        }
    }
    EXPECT_EQ(double_faults, 5 * 4 + 5);
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

TEST(GuardPage, IsReachedFromItsStartToTheStacksLowestByte) {
    const GuardPage guard{0x10'0000};
    EXPECT_FALSE(guard.is_reached_by(0x0F'FFFF));
    EXPECT_TRUE(guard.is_reached_by(0x10'0000));
    EXPECT_TRUE(guard.is_reached_by(0x10'0FF8));
    EXPECT_TRUE(guard.is_reached_by(0x10'1000)); // the next push goes below
    EXPECT_FALSE(guard.is_reached_by(0x10'1008));
}

} // namespace
