// Ring 2: searching in what a machine has printed.

#include "machine/patterns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

TEST(ContainsMatch, FindsAPartOfTheText) {
    EXPECT_TRUE(contains_match("tick\nrip 0x1f\n", "rip 0x[0-9a-f]+\n$"));
    EXPECT_FALSE(contains_match("tick\nrip 0x\n", "rip 0x[0-9a-f]+\n$"));
}

// A machine that prints for ever may have printed a lot until a busy host looks.
TEST(ContainsMatch, SearchesALongText) {
    const std::string text = "first\n" + std::string(100'000, '.') + "\nlast\n";
    EXPECT_TRUE(contains_match(text, "first\n[\\s\\S]*\nlast\n$"));
    EXPECT_FALSE(contains_match(text, "first\n[\\s\\S]*\nmore\n$"));
}

} // namespace
