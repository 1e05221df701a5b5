#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>

namespace {

TEST(Print, WritesTextWithoutFieldsAsItIs) {
    EXPECT_EQ(printed(""), "");
    EXPECT_EQ(printed("Hello, World!\n"), "Hello, World!\n");
}

TEST(Print, PutsArgumentsInPlaceOfFieldsInTheirOrder) {
    EXPECT_EQ(printed("{}", 7), "7");
    EXPECT_EQ(printed("<{}{}>", 1, 2), "<12>");
    EXPECT_EQ(printed("a {} b {} c", "x", 'y'), "a x b y c");
}

TEST(Print, WritesADoubledBraceAsOne) {
    EXPECT_EQ(printed("{{}}"), "{}");
    EXPECT_EQ(printed("{{{}}}", 1), "{1}");
    EXPECT_EQ(printed("}}{{ {} }}", 1), "}{ 1 }");
}

TEST(Print, WritesIntegersOfEverySizeToTheirLimits) {
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int8_t>::min()), "-128");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::uint8_t>::max()), "255");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(printed("{:b}", std::numeric_limits<std::uint64_t>::max()), std::string(64, '1'));
}

TEST(Print, WritesHexadecimalAndBinary) {
    EXPECT_EQ(printed("{:x}", 0xBEEF), "beef");
    EXPECT_EQ(printed("{:X}", 0xBEEF), "BEEF");
    EXPECT_EQ(printed("{:#x}", 0xBEEF), "0xbeef");
    EXPECT_EQ(printed("{:#X}", 0xBEEF), "0XBEEF");
    EXPECT_EQ(printed("{:b}", 10), "1010");
    EXPECT_EQ(printed("{:#b}", 10), "0b1010");
    EXPECT_EQ(printed("{:x}", 0), "0");
    EXPECT_EQ(printed("{:x}", -255), "-ff");
    EXPECT_EQ(printed("{:d}", 10), "10");
}

TEST(Print, FillsNumbersWithSpacesOnTheLeft) {
    EXPECT_EQ(printed("[{:5}]", 42), "[   42]");
    EXPECT_EQ(printed("[{:5}]", -42), "[  -42]");
    EXPECT_EQ(printed("[{:1}]", 42), "[42]");
    EXPECT_EQ(printed("[{:#8x}]", 0xFF), "[    0xff]");
}

TEST(Print, FillsWithZerosBehindSignAndPrefix) {
    EXPECT_EQ(printed("{:05}", 42), "00042");
    EXPECT_EQ(printed("{:05}", -42), "-0042");
    EXPECT_EQ(printed("{:#06x}", 0xFF), "0x00ff");
    EXPECT_EQ(printed("{:#018x}", 0xFFFF'8000'0000'0000u), "0xffff800000000000");
    EXPECT_EQ(printed("{:02x}", 0x1FF), "1ff");
}

TEST(Print, FillsTextWithSpacesOnTheRight) {
    EXPECT_EQ(printed("[{:5}]", "ab"), "[ab   ]");
    EXPECT_EQ(printed("[{:5}]", 'a'), "[a    ]");
    EXPECT_EQ(printed("[{:6}]", true), "[true  ]");
    EXPECT_EQ(printed("[{:1}]", "abc"), "[abc]");
}

TEST(Print, WritesTextOfEveryKind) {
    const char* pointer = "pointer";
    EXPECT_EQ(printed("{}", "literal"), "literal");
    EXPECT_EQ(printed("{}", pointer), "pointer");
    EXPECT_EQ(printed("{}", std::string_view{"view"}), "view");
    EXPECT_EQ(printed("{}", std::string{"string"}), "string");
    EXPECT_EQ(printed("{}{}", 'c', '{'), "c{");
}

TEST(Print, WritesBool) {
    EXPECT_EQ(printed("{} {}", true, false), "true false");
}

TEST(Print, WritesPointersAsHexadecimalAddresses) {
    EXPECT_EQ(printed("{}", reinterpret_cast<int*>(0xB8000)), "0xb8000");
    EXPECT_EQ(printed("{:018}", reinterpret_cast<const void*>(0xB8000)), "0x00000000000b8000");
    EXPECT_EQ(printed("{}", nullptr), "0x0");
}

struct Celsius {
    int degrees;
};

template <kernel::TextSink Sink>
void write_value(Sink& sink, const Celsius& value, kernel::Field) {
    kernel::print_to(sink, "{} C", value.degrees);
}

TEST(Print, FindsTheWriteValueOfATypeOfOnesOwn) {
    EXPECT_EQ(printed("it is {} today", Celsius{-3}), "it is -3 C today");
}

// An oracle that has been right for longer than we have.
TEST(Print, AgreesWithPrintfOnRandomNumbers) {
    std::mt19937_64 random{20'261'122};
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t value = random() >> (random() % 64);
        char expected[128];
        std::snprintf(expected, sizeof expected, "%lu|%ld|%lx|%20lu|%020lu|%012lX", value,
                      static_cast<std::int64_t>(value), value, value, value, value);
        EXPECT_EQ(printed("{}|{}|{:x}|{:20}|{:020}|{:012X}", value,
                          static_cast<std::int64_t>(value), value, value, value, value),
                  expected);
    }
}

// What a format string says must fit its arguments; the files in tests/must_not_compile show that
// the compiler stops a wrong one. Here: what counts as fitting.
TEST(Print, AcceptsForEachTypeWhatStdFormatAccepts) {
    using kernel::accepts;
    using kernel::Field;
    constexpr Field plain{};
    constexpr Field wide{.width = 9};
    constexpr Field zeros{.zero_fill = true, .width = 9};
    constexpr Field hexadecimal{.type = 'x'};
    EXPECT_TRUE(accepts<int>(hexadecimal) && accepts<int>(zeros) && accepts<std::uint8_t>(wide));
    EXPECT_TRUE(accepts<const char*>(wide) && accepts<bool>(wide) && accepts<char>(wide));
    EXPECT_TRUE(accepts<void*>(zeros) && accepts<void*>(plain));
    EXPECT_FALSE(accepts<const char*>(zeros) || accepts<bool>(zeros) || accepts<char>(zeros));
    EXPECT_FALSE(accepts<const char*>(hexadecimal) || accepts<void*>(hexadecimal));
    EXPECT_TRUE(accepts<Celsius>(plain));
    EXPECT_FALSE(accepts<Celsius>(wide));
}

TEST(Field, ReadsItsParts) {
    std::string_view rest = ":#018x} and more";
    const auto parsed = kernel::take_field(rest);
    EXPECT_EQ(parsed.error, kernel::FieldError::none);
    EXPECT_EQ(parsed.field, (kernel::Field{true, true, 18, 'x'}));
    EXPECT_EQ(rest, " and more");
}

TEST(Field, RefusesWhatItsGrammarDoesNotHave) {
    const auto error_of = [](std::string_view text) { return kernel::take_field(text).error; };
    using enum kernel::FieldError;
    EXPECT_EQ(error_of("}"), none);
    EXPECT_EQ(error_of(":}"), none);
    EXPECT_EQ(error_of(""), unclosed);
    EXPECT_EQ(error_of(":x"), unclosed);
    EXPECT_EQ(error_of("0}"), bad_specification); // argument numbers are not supported
    EXPECT_EQ(error_of(":q}"), bad_specification);
    EXPECT_EQ(error_of(":xx}"), bad_specification);
    EXPECT_EQ(error_of(":0#x}"), bad_specification);
    EXPECT_EQ(error_of(":80}"), none);
    EXPECT_EQ(error_of(":81}"), too_wide);
    EXPECT_EQ(error_of(":99999999999999999999}"), too_wide);
}

} // namespace
