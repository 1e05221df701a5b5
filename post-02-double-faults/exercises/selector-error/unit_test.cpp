// Judges the exercise selector-error.

#include "interrupts/selector_error.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

std::string words(std::uint64_t code) {
    return printed("{}", kernel::SelectorError{code});
}

TEST(SelectorError, NamesTheEntryAndItsTable) {
    EXPECT_EQ(words(0x140), "entry 40 of the GDT");
    EXPECT_EQ(words(0x0C), "entry 1 of the LDT");
    EXPECT_EQ(words(0x32), "entry 6 of the IDT");
    EXPECT_EQ(words(0xFFF8), "entry 8191 of the GDT");
}

TEST(SelectorError, IgnoresTiForAGate) {
    EXPECT_EQ(words(0x36), "entry 6 of the IDT");
}

TEST(SelectorError, SaysThatTheEventCameFromOutside) {
    EXPECT_EQ(words(0x33), "entry 6 of the IDT, from outside");
    EXPECT_EQ(words(0x141), "entry 40 of the GDT, from outside");
}

TEST(SelectorError, MayNameNoSelector) {
    EXPECT_EQ(words(0), "no selector");
    EXPECT_EQ(words(1), "no selector, from outside");
}

TEST(SelectorError, MayNameTheFirstGate) {
    EXPECT_EQ(words(0x02), "entry 0 of the IDT");
}

} // namespace
