#include "devices/german_layout.hpp"
#include "devices/us_layout.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

using namespace kernel;

// Plain, with shift, with AltGr, as the key's label says; a blank for nothing. In code page 437.
using Labels = std::map<Key, std::string>;

constexpr std::string_view keypad_digits = "0123456789";

Labels common_labels(char decimal) {
    Labels labels{{Key::keypad_divide, "// "},
                  {Key::keypad_multiply, "** "},
                  {Key::keypad_minus, "-- "},
                  {Key::keypad_plus, "++ "}};
    for (std::size_t digit = 0; digit < 10; ++digit) {
        const auto key = static_cast<Key>(static_cast<std::size_t>(Key::keypad_0) + digit);
        labels[key] = {keypad_digits[digit], keypad_digits[digit], ' '};
    }
    labels[Key::keypad_decimal] = {decimal, decimal, ' '};
    for (std::size_t letter = 0; letter < 26; ++letter) {
        labels[static_cast<Key>(letter)] = {static_cast<char>('a' + letter),
                                            static_cast<char>('A' + letter), ' '};
    }
    return labels;
}

template <KeyboardLayout Layout>
void expect_labels(const Labels& labels) {
    for (std::size_t number = 0; number < key_count; ++number) {
        const auto key = static_cast<Key>(number);
        if (key == Key::space) { // whose label is blank, but not for nothing
            EXPECT_EQ(Layout::character(key, ShiftLevel::plain), ' ');
            EXPECT_EQ(Layout::character(key, ShiftLevel::shift), ' ');
            EXPECT_EQ(Layout::character(key, ShiftLevel::alt_gr), '\0');
            continue;
        }
        const auto label = labels.find(key);
        for (std::size_t level = 0; level < 3; ++level) {
            const char written = label == labels.end() ? ' ' : label->second.at(level);
            const char expected = written == ' ' ? '\0' : written;
            EXPECT_EQ(Layout::character(key, static_cast<ShiftLevel>(level)), expected)
                << "key " << number << ", level " << level;
        }
    }
}

TEST(UsLayout, TypesWhatItsLabelsSayAndNothingElse) {
    Labels labels = common_labels('.');
    labels.merge(Labels{
        {Key::grave, "`~ "},      {Key::digit_1, "1! "},      {Key::digit_2, "2@ "},
        {Key::digit_3, "3# "},    {Key::digit_4, "4$ "},      {Key::digit_5, "5% "},
        {Key::digit_6, "6^ "},    {Key::digit_7, "7& "},      {Key::digit_8, "8* "},
        {Key::digit_9, "9( "},    {Key::digit_0, "0) "},      {Key::minus, "-_ "},
        {Key::equals, "=+ "},     {Key::left_bracket, "[{ "}, {Key::right_bracket, "]} "},
        {Key::backslash, "\\| "}, {Key::semicolon, ";: "},    {Key::apostrophe, "'\" "},
        {Key::comma, ",< "},      {Key::period, ".> "},       {Key::slash, "/? "},
        {Key::key_102, "\\| "},
    });
    expect_labels<UsLayout>(labels);
    static_assert(!UsLayout::has_alt_gr);
}

TEST(GermanLayout, TypesWhatItsLabelsSayAndNothingElse) {
    Labels labels = common_labels(',');
    labels[Key::y] = "zZ ";
    labels[Key::z] = "yY ";
    labels[Key::q] = "qQ@";
    labels[Key::m] = "mM\xE6";
    labels.merge(Labels{
        {Key::grave, "^\xF8 "},        {Key::digit_1, "1! "},
        {Key::digit_2, "2\"\xFD"},     {Key::digit_3, "3  "},
        {Key::digit_4, "4$ "},         {Key::digit_5, "5% "},
        {Key::digit_6, "6& "},         {Key::digit_7, "7/{"},
        {Key::digit_8, "8(["},         {Key::digit_9, "9)]"},
        {Key::digit_0, "0=}"},         {Key::minus, "\xE1?\\"},
        {Key::equals, " ` "},          {Key::left_bracket, "\x81\x9A "},
        {Key::right_bracket, "+*~"},   {Key::backslash, "#' "},
        {Key::semicolon, "\x94\x99 "}, {Key::apostrophe, "\x84\x8E "},
        {Key::comma, ",; "},           {Key::period, ".: "},
        {Key::slash, "-_ "},           {Key::key_102, "<>|"},
    });
    expect_labels<GermanLayout>(labels);
    static_assert(GermanLayout::has_alt_gr);
}

template <KeyboardLayout Layout>
std::string missing_ascii() {
    std::string missing;
    for (char wanted = ' '; wanted <= '~'; ++wanted) {
        bool found = false;
        for (std::size_t number = 0; number < key_count; ++number) {
            for (std::size_t level = 0; level < 3; ++level) {
                found |= Layout::character(static_cast<Key>(number),
                                           static_cast<ShiftLevel>(level)) == wanted;
            }
        }
        missing += found ? "" : std::string{wanted};
    }
    return missing;
}

TEST(KeyboardLayout, TypesEveryPrintableAsciiCharacter) {
    EXPECT_EQ(missing_ascii<UsLayout>(), "");
    EXPECT_EQ(missing_ascii<GermanLayout>(), "");
}

TEST(KeyboardLayout, KnowsTheLettersThatCapsLockChanges) {
    EXPECT_TRUE(is_lower_case_letter('a'));
    EXPECT_TRUE(is_lower_case_letter('z'));
    EXPECT_TRUE(is_lower_case_letter('\x84'));
    for (const char other : {'A', 'Z', '`', '{', '1', ' ', '\0', '\xE1', '\x8E'}) {
        EXPECT_FALSE(is_lower_case_letter(other)) << static_cast<int>(other);
    }
}

} // namespace
