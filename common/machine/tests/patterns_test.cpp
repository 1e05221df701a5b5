// Ring 2: searching in what a machine has printed.

#include "machine/patterns.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace {

using namespace bench;

TEST(ContainsMatch, FindsAPartOfTheText) {
    EXPECT_TRUE(contains_match("tick\nrip 0x1f\n", "rip 0x[0-9a-f]+\n$"));
    EXPECT_FALSE(contains_match("tick\nrip 0x\n", "rip 0x[0-9a-f]+\n$"));
}

TEST(ContainsMatch, MayReferToAnEarlierPart) {
    EXPECT_TRUE(contains_match("at 0x1f\nrip 0x1f\n", "at (0x[0-9a-f]+)\nrip \\1\n"));
    EXPECT_FALSE(contains_match("at 0x1f\nrip 0x2f\n", "at (0x[0-9a-f]+)\nrip \\1\n"));
}

TEST(ContainsMatch, RefusesWhatIsNoPattern) {
    EXPECT_THROW(static_cast<void>(contains_match("text", "(")), std::regex_error);
}

// A machine that prints for ever may have printed a lot until a busy host looks.
TEST(ContainsMatch, SearchesALongText) {
    const std::string text = "first\n" + std::string(100'000, '.') + "\nlast\n";
    EXPECT_TRUE(contains_match(text, "first\n[\\s\\S]*\nlast\n$"));
    EXPECT_FALSE(contains_match(text, "first\n[\\s\\S]*\nmore\n$"));
}

} // namespace
