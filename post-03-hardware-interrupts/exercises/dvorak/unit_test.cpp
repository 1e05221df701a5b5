// Judges the exercise dvorak.

#include "devices/dvorak_layout.hpp"
#include "devices/keyboard.hpp"
#include "devices/us_layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace kernel;

constexpr std::string_view us_plain = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./";
constexpr std::string_view dvorak_plain = "1234567890[]',.pyfgcrl/=aoeuidhtns-;qjkxbmwvz";
constexpr std::string_view us_shift = "!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
constexpr std::string_view dvorak_shift = "!@#$%^&*(){}\"<>PYFGCRL?+AOEUIDHTNS_:QJKXBMWVZ";
static_assert(us_plain.size() == dvorak_plain.size() && us_shift.size() == us_plain.size() &&
              dvorak_shift.size() == us_plain.size());

// The key pad's minus has the same label as the key right of the 0.
constexpr bool is_on_the_key_pad(Key key) {
    return key >= Key::keypad_7 && key <= Key::keypad_decimal;
}

char expected(Key key, std::string_view us, std::string_view from, std::string_view to) {
    const char label_of_us = label(us, key);
    const std::size_t place = from.find(label_of_us);
    const bool moves =
        label_of_us != '\0' && place != std::string_view::npos && !is_on_the_key_pad(key);
    return moves && key != Key::keypad_multiply ? to[place] : label_of_us;
}

TEST(DvorakLayout, IsComplete) {
    static_assert(dvorak_layout.is_complete());
    EXPECT_TRUE(dvorak_layout.alt_gr.empty());
}

TEST(DvorakLayout, HasItsLabelsOnEveryKey) {
    for (int number = 0; number <= static_cast<int>(Key::key_102); ++number) {
        const auto key = static_cast<Key>(number);
        EXPECT_EQ(label(dvorak_layout.plain, key),
                  expected(key, us_layout.plain, us_plain, dvorak_plain))
            << "key " << number;
        EXPECT_EQ(label(dvorak_layout.shift, key),
                  expected(key, us_layout.shift, us_shift, dvorak_shift))
            << "key " << number << " with shift";
    }
}

TEST(DvorakLayout, Types) {
    Keyboard keyboard{dvorak_layout};
    std::string typed;
    for (const Key key : {Key::j, Key::d, Key::p, Key::p, Key::s}) { // these keys' US labels
        typed += keyboard.handle({key, Movement::pressed})->character;
    }
    EXPECT_EQ(typed, "hello");
}

} // namespace
