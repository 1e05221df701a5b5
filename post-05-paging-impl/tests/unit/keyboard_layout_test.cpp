#include "devices/german_layout.hpp"
#include "devices/us_layout.hpp"
#include "key_codes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

using namespace kernel;

// Plain, with shift and with AltGr, as the label of the key says, in code page 437. A blank stands
// for "types nothing".
using Labels = std::map<Key, std::string>;

Labels common_labels(char decimal) {
    using enum Key;
    Labels labels{
        {keypad_0, "00 "},        {keypad_1, "11 "}, {keypad_2, "22 "},    {keypad_3, "33 "},
        {keypad_4, "44 "},        {keypad_5, "55 "}, {keypad_6, "66 "},    {keypad_7, "77 "},
        {keypad_8, "88 "},        {keypad_9, "99 "}, {keypad_plus, "++ "}, {keypad_minus, "-- "},
        {keypad_multiply, "** "}, {enter, "\n\n "},  {tab, "\t\t "},       {backspace, "\b\b "},
        {escape, "\x1B\x1B "},
    };
    labels[keypad_decimal] = {decimal, decimal, ' '};
    for (std::size_t letter = 0; letter < letter_keys.size(); ++letter) {
        labels[letter_keys[letter]] = {static_cast<char>('a' + letter),
                                       static_cast<char>('A' + letter), ' '};
    }
    return labels;
}

void expect_labels(const KeyboardLayout& layout, const Labels& labels) {
    for (int number = 0; number < 256; ++number) {
        const auto key = static_cast<Key>(number);
        const auto found = labels.find(key);
        const std::string expected = found == labels.end() ? "   " : found->second;
        for (std::size_t level = 0; level < 3; ++level) {
            const auto strings = {layout.plain, layout.shift, layout.alt_gr};
            EXPECT_EQ(label(strings.begin()[level], key),
                      expected[level] == ' ' ? '\0' : expected[level])
                << "key " << number << ", level " << level;
        }
    }
}

TEST(UsLayout, HasTheLabelsOfAUsKeyboardAndNoOthers) {
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
    expect_labels(us_layout, labels);
}

TEST(GermanLayout, HasTheLabelsOfAGermanKeyboardAndNoOthers) {
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
    expect_labels(german_layout, labels);
}

TEST(KeyboardLayout, HasEveryPrintableAsciiCharacter) {
    for (const KeyboardLayout& layout : {us_layout, german_layout}) {
        const std::string all =
            std::string{layout.plain} + std::string{layout.shift} + std::string{layout.alt_gr};
        for (char wanted = ' '; wanted <= '~'; ++wanted) {
            EXPECT_NE(all.find(wanted), std::string::npos) << wanted;
        }
    }
}

TEST(KeyboardLayout, IsCompleteOnlyIfItsStringsHaveACharacterForEachKey) {
    EXPECT_TRUE((KeyboardLayout{us_layout.plain, us_layout.shift}.is_complete()));
    EXPECT_TRUE((KeyboardLayout{us_layout.plain, us_layout.shift, us_layout.shift}.is_complete()));
    const std::string_view shorter = us_layout.plain.substr(1);
    EXPECT_FALSE((KeyboardLayout{shorter, us_layout.shift}.is_complete()));
    EXPECT_FALSE((KeyboardLayout{us_layout.plain, shorter}.is_complete()));
    EXPECT_FALSE((KeyboardLayout{us_layout.plain, us_layout.shift, shorter}.is_complete()));
}

} // namespace
