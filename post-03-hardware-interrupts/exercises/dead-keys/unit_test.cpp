// Judges the exercise dead-keys.

#include "devices/dead_keys.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

std::string typed(std::string_view keys) {
    kernel::DeadKeys dead_keys;
    std::string text;
    for (const char key : keys) {
        text += dead_keys.type(key);
    }
    return text;
}

TEST(DeadKeys, LeaveOtherCharactersAlone) {
    EXPECT_EQ(typed("Hello, world!\n"), "Hello, world!\n");
    EXPECT_EQ(typed("a\b"), "a\b");
}

TEST(DeadKeys, WriteNothingYet) {
    EXPECT_EQ(typed("^"), "");
    EXPECT_EQ(typed("x`"), "x");
}

TEST(DeadKeys, JoinTheVowelBehindThem) {
    EXPECT_EQ(typed("^a^e^i^o^u"), "\x83\x88\x8C\x93\x96");
    EXPECT_EQ(typed("`a`e`i`o`u"), "\x85\x8A\x8D\x95\x97");
    EXPECT_EQ(typed("^aa"), "\x83"
                            "a");
}

TEST(DeadKeys, AreThemselvesBeforeABlank) {
    EXPECT_EQ(typed("^ ` x"), "^`x");
}

TEST(DeadKeys, CanBeTakenBack) {
    EXPECT_EQ(typed("^\ba`\b\b"), "a\b");
}

TEST(DeadKeys, AreThemselvesBeforeAnyOtherCharacter) {
    EXPECT_EQ(typed("^x`1^\n"), "^x`1^\n");
    EXPECT_EQ(typed("^A"), "^A");
    EXPECT_EQ(typed("^^a"), "^^a");
    EXPECT_EQ(typed("^`a"), "^`a");
}

} // namespace
