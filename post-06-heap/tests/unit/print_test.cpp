#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <stdexcept>

// The kernel does not define this function, so that a wrong format string is a compiler error.
void kernel::invalid_format_string(const char* reason) {
    throw std::invalid_argument{reason};
}

namespace {

// Returns the reason why `parse` calls invalid_format_string, or an empty string if it does not.
template <typename Parse>
std::string refusal(Parse parse) {
    try {
        parse();
        return "";
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

TEST(Print, WritesTextWithoutFieldsAsItIs) {
    EXPECT_EQ(printed(""), "");
    EXPECT_EQ(printed("Hello, World!\n"), "Hello, World!\n");
}

TEST(Print, PutsArgumentsInPlaceOfFieldsInTheirOrder) {
    EXPECT_EQ(printed("{}", 7), "7");
    EXPECT_EQ(printed("<{}{}>", 1, 2), "<12>");
    EXPECT_EQ(printed("a {} b {} c", "x", 2), "a x b 2 c");
}

TEST(Print, WritesIntegersOfEverySizeToTheirLimits) {
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int8_t>::min()), "-128");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::uint8_t>::max()), "255");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
    EXPECT_EQ(printed("{}", std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(printed("{:#x}", std::numeric_limits<std::uint64_t>::max()), "0xffffffffffffffff");
}

TEST(Print, WritesHexadecimal) {
    EXPECT_EQ(printed("{:x}", 0xBEEF), "beef");
    EXPECT_EQ(printed("{:#x}", 0xBEEF), "0xbeef");
    EXPECT_EQ(printed("{:x}", 0), "0");
    EXPECT_EQ(printed("{:x}", -255), "-ff");
    EXPECT_EQ(printed("{:#x}", -255), "-0xff");
    EXPECT_EQ(printed("{:#}", 10), "10"); // no prefix for base 10
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
    EXPECT_EQ(printed("{:#06x}", -0xFF), "-0x0ff");
    EXPECT_EQ(printed("{:02x}", 0x1FF), "1ff");
    EXPECT_EQ(printed("{:080}", 1), std::string(79, '0') + "1");
}

TEST(Print, FillsTextWithSpacesOnTheRight) {
    EXPECT_EQ(printed("[{:5}]", "ab"), "[ab   ]");
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

TEST(Print, WritesPointersAsHexadecimalAddresses) {
    EXPECT_EQ(printed("{}", reinterpret_cast<int*>(0xB8000)), "0xb8000");
    EXPECT_EQ(printed("{}", nullptr), "0x0");
}

struct Celsius {
    int degrees;
};

template <kernel::TextSink Sink>
void write_value(Sink& sink, const Celsius& value, kernel::Field) {
    kernel::print_to(sink, "{} C", value.degrees);
}

TEST(Print, FindsTheWriteValueOfAnyOtherType) {
    EXPECT_EQ(printed("it is {} today", Celsius{-3}), "it is -3 C today");
}

TEST(Print, AgreesWithPrintfOnRandomNumbers) {
    std::mt19937_64 random{20'261'122};
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t value = random() >> (random() % 64);
        char expected[128];
        std::snprintf(expected, sizeof expected, "%lu|%ld|%lx|%20lu|%020lu|%012lx", value,
                      static_cast<std::int64_t>(value), value, value, value, value);
        EXPECT_EQ(printed("{}|{}|{:x}|{:20}|{:020}|{:012x}", value,
                          static_cast<std::int64_t>(value), value, value, value, value),
                  expected);
    }
}

// tests/must_not_compile shows that the compiler refuses a wrong format string. Here the functions
// behind it run on the host, where a mistake becomes an exception.
TEST(FormatString, AcceptsForEachTypeWhatItCanPrint) {
    using kernel::accepts;
    using kernel::Field;
    constexpr Field plain{};
    constexpr Field wide{.width = 9};
    constexpr Field zeros{.zero_fill = true, .width = 9};
    constexpr Field hexadecimal{.hexadecimal = true};
    EXPECT_TRUE(accepts<int>(hexadecimal) && accepts<int>(zeros) && accepts<std::uint8_t>(wide));
    EXPECT_TRUE(accepts<const char*>(wide) && accepts<std::string_view>(plain));
    EXPECT_FALSE(accepts<const char*>(zeros) || accepts<const char*>(hexadecimal));
    EXPECT_TRUE(accepts<Celsius>(plain) && accepts<void*>(plain) && accepts<char>(plain));
    EXPECT_FALSE(accepts<Celsius>(wide) || accepts<void*>(hexadecimal) || accepts<char>(wide));
}

TEST(FormatString, ReadsEveryPartOfAField) {
    using kernel::Field;
    using kernel::parse_field;
    EXPECT_EQ(parse_field(""), Field{});
    EXPECT_EQ(parse_field(":"), Field{});
    EXPECT_EQ(parse_field(":#"), Field{.prefix = true});
    EXPECT_EQ(parse_field(":0"), Field{.zero_fill = true});
    EXPECT_EQ(parse_field(":80"), Field{.width = 80});
    EXPECT_EQ(parse_field(":x"), Field{.hexadecimal = true});
    EXPECT_EQ(parse_field(":#018x"), (Field{true, true, 18, true}));
}

TEST(FormatString, RefusesAFieldThatItsGrammarDoesNotHave) {
    for (const char* text : {"0", "x", " ", ":q", ":xx", ":0#x", ":X", ":d", ":x8", "::", ":-1"}) {
        EXPECT_EQ(refusal([&] { kernel::parse_field(text); }),
                  "a field is {} or {:[#][0][width][x]}")
            << text;
    }
    for (const char* text : {":81", ":#081x", ":99999999999999999999"}) {
        EXPECT_EQ(refusal([&] { kernel::parse_field(text); }), "a field is wider than the screen")
            << text;
    }
}

TEST(FormatString, IsTakenApartPieceByPiece) {
    std::string_view format = "rip {:#x}, cs {} and more";
    const auto first = kernel::take_piece(format, kernel::accepts<int>);
    EXPECT_EQ(first.literal, "rip ");
    EXPECT_EQ(first.field, (kernel::Field{.prefix = true, .hexadecimal = true}));
    const auto second = kernel::take_piece(format, kernel::accepts<const char*>);
    EXPECT_EQ(second.literal, ", cs ");
    EXPECT_EQ(second.field, kernel::Field{});
    EXPECT_EQ(format, " and more");
}

TEST(FormatString, RefusesAPieceWithoutItsFieldOrWithASingleBrace) {
    const auto refused = [](std::string_view format) {
        return refusal([&] { kernel::take_piece(format, kernel::accepts<const char*>); });
    };
    EXPECT_EQ(refused("none"), "there are more arguments than fields");
    for (const char* format : {"{", "{:x", "} {}", "}{", "}}"}) {
        EXPECT_EQ(refused(format), "a '{' without its '}', or a '}' without its '{'") << format;
    }
    EXPECT_EQ(refused("{{}}"), "a field is {} or {:[#][0][width][x]}");
    EXPECT_EQ(refused("{:x}"), "the argument cannot be printed in the way its field asks for");
}

} // namespace
