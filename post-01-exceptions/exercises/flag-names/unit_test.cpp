// Judges the exercise flag-names.

#include "interrupts/flags.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace {

std::string names(std::uint64_t value) {
    return printed("{}", kernel::Flags{value});
}

TEST(FlagNames, AreThoseOfTheManual) {
    const std::pair<unsigned, const char*> flags[] = {{0, "CF"}, {2, "PF"},  {4, "AF"},
                                                      {6, "ZF"}, {7, "SF"},  {8, "TF"},
                                                      {9, "IF"}, {10, "DF"}, {11, "OF"}};
    for (const auto& [bit, name] : flags) {
        EXPECT_EQ(names(std::uint64_t{1} << bit), name);
    }
}

TEST(FlagNames, AreSeparatedByBlanks) {
    EXPECT_EQ(names(0x246), "PF ZF IF");
    EXPECT_EQ(names(0xFD5), "CF PF AF ZF SF TF IF DF OF");
}

TEST(FlagNames, AreADashIfNoneIsSet) {
    EXPECT_EQ(names(0), "-");
    EXPECT_EQ(names(0x002), "-"); // this bit is always set
    EXPECT_EQ(names(~std::uint64_t{0xFD5}), "-");
}

} // namespace
