// Ratios pair by pair, out of what Google Benchmark writes.

#include "bench/ratios.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace {

using namespace bench;

std::string run(const std::string& name, int repetition, double items_per_second) {
    std::ostringstream text;
    text << R"({"run_type": "iteration", "run_name": ")" << name << R"(", "repetition_index": )"
         << repetition << R"(, "items_per_second": )" << items_per_second << "},";
    return text.str();
}

std::string results(const std::string& runs) {
    return R"({"benchmarks": [)" + runs +
           R"({"run_type": "aggregate", "run_name": "first/ours", "items_per_second": 1}]})";
}

// The machine is twice as slow the second time, which no ratio shows.
TEST(Ratios, AreTakenPairByPair) {
    const auto ratios =
        ratios_of("ours", results(run("first/peer", 1, 50) + run("first/ours", 0, 200) +
                                  run("first/ours", 1, 100) + run("first/peer", 0, 100)));
    ASSERT_EQ(ratios.size(), 2u);
    EXPECT_EQ(ratios[0].trace, "first");
    EXPECT_EQ(ratios[0].peer, "peer");
    EXPECT_DOUBLE_EQ(ratios[0].lowest, 0.5);
    EXPECT_DOUBLE_EQ(ratios[0].median, 0.5);
    EXPECT_DOUBLE_EQ(ratios[0].highest, 0.5);
}

TEST(Ratios, HaveAMedianAndASpread) {
    const auto ratios =
        ratios_of("ours", results(run("t/ours", 0, 1) + run("t/ours", 1, 1) + run("t/ours", 2, 1) +
                                  run("t/peer", 0, 3) + run("t/peer", 1, 1) + run("t/peer", 2, 2)));
    EXPECT_DOUBLE_EQ(ratios[0].lowest, 1);
    EXPECT_DOUBLE_EQ(ratios[0].median, 2);
    EXPECT_DOUBLE_EQ(ratios[0].highest, 3);
}

TEST(Ratios, EndWithTheGeometricMeanOverAllTraces) {
    const auto ratios =
        ratios_of("ours", results(run("a/ours", 0, 1) + run("a/peer", 0, 2) + run("b/ours", 0, 1) +
                                  run("b/peer", 0, 8) + run("b/other", 0, 1)));
    ASSERT_EQ(ratios.size(), 5u);
    EXPECT_EQ(ratios[3].trace, "geometric mean");
    EXPECT_EQ(ratios[3].peer, "other");
    EXPECT_DOUBLE_EQ(ratios[3].median, 1);
    EXPECT_EQ(ratios[4].peer, "peer");
    EXPECT_NEAR(ratios[4].median, 4, 1e-9);
}

TEST(Ratios, AreAnErrorWhereThereIsNothingToCompare) {
    EXPECT_THROW(ratios_of("ours", results(run("t/peer", 0, 1))), std::runtime_error);
}

} // namespace
