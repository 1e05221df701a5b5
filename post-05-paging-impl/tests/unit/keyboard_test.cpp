#include "devices/german_layout.hpp"
#include "devices/keyboard.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace kernel;
using enum Movement;

template <KeyboardLayout Layout>
struct Typist {
    Keyboard<Layout> keyboard{};

    TypedKey press(Key key) {
        const auto typed = keyboard.on({key, pressed});
        EXPECT_TRUE(typed.has_value());
        return typed.value_or(TypedKey{'?', key, {}});
    }
    void release(Key key) { EXPECT_EQ(keyboard.on({key, released}), std::nullopt); }
    // Presses and releases, while others are held.
    TypedKey tap(Key key, const std::vector<Key>& held = {}) {
        for (const Key other : held) {
            press(other);
        }
        const TypedKey typed = press(key);
        release(key);
        for (const Key other : held) {
            release(other);
        }
        return typed;
    }
    char character(Key key, const std::vector<Key>& held = {}) { return tap(key, held).character; }
};

using UsTypist = Typist<UsLayout>;
using GermanTypist = Typist<GermanLayout>;

// The text that bytes from the keyboard controller type.
template <KeyboardLayout Layout>
std::string typed(const std::vector<std::uint8_t>& bytes) {
    ScancodeDecoder decoder;
    Keyboard<Layout> keyboard;
    std::string text;
    for (const std::uint8_t byte : bytes) {
        if (const auto event = decoder.decode(byte)) {
            const auto key = keyboard.on(*event);
            text += key && key->character != '\0' ? std::string{key->character} : "";
        }
    }
    return text;
}

// Both shifts, rolled fingers (a key goes down before the last one is up), a repeated l.
const std::vector<std::uint8_t> hello{
    0x2A, 0x23, 0xA3, 0xAA, 0x12, 0x26, 0x92, 0x26, 0xA6, 0x18, 0x98, 0x33, 0xB3, 0x39,
    0xB9, 0x36, 0x11, 0xB6, 0x18, 0x91, 0x98, 0x13, 0x93, 0x26, 0xA6, 0x20, 0xA0, 0x2A,
    0x02, 0x82, 0xAA, 0x39, 0xB9, 0x02, 0x82, 0x03, 0x83, 0x04, 0x84, 0x1C, 0x9C};

TEST(Keyboard, TypesWhatARecordedStreamOfBytesSays) {
    EXPECT_EQ(typed<UsLayout>(hello), "Hello, World! 123\n");
    EXPECT_EQ(typed<GermanLayout>(hello), "Hello, World! 123\n");
}

TEST(Keyboard, TypesByItsLayoutAndNotByTheUsLabels) {
    const std::vector<std::uint8_t> bytes{0x15, 0x95, 0x2A, 0x2C, 0xAC, 0xAA, 0x27, 0xA7};
    EXPECT_EQ(typed<UsLayout>(bytes), "yZ;");
    EXPECT_EQ(typed<GermanLayout>(bytes), "zY\x94");
}

TEST(Keyboard, DoesNotMistakeThePretendedShiftsOfArrowsForShift) {
    // shift held, left arrow between a pretended release and press, then a
    EXPECT_EQ(typed<UsLayout>({0x2A, 0xE0, 0xAA, 0xE0, 0x4B, 0xE0, 0xCB, 0xE0, 0x2A, 0x1E}), "A");
    EXPECT_EQ(typed<UsLayout>({0xE0, 0x2A, 0xE0, 0x37, 0x1E}), "a"); // print screen, then a
}

// A laptop's key for the radio sends E0 08, and another one E0 45.
TEST(Keyboard, TypesAndLocksNothingForAKeyThatItDoesNotKnow) {
    EXPECT_EQ(typed<UsLayout>({0xE0, 0x08, 0xE0, 0x88, 0x1E, 0x9E}), "a");
    EXPECT_EQ(typed<UsLayout>({0xE0, 0x45, 0xE0, 0xC5, 0x47, 0xC7, 0x1E, 0x9E}), "a");
}

TEST(Keyboard, HoldsNoKeyAnyMoreWhenSomeWereLost) {
    for (std::size_t key = 0; key < key_count; ++key) {
        SCOPED_TRACE(key);
        UsTypist typist;
        typist.press(static_cast<Key>(key));
        Modifiers locks = typist.keyboard.modifiers();
        locks.shift = locks.control = locks.alt = locks.super = false;
        EXPECT_EQ(typist.keyboard.on(all_keys_released), std::nullopt);
        EXPECT_EQ(typist.keyboard.modifiers(), locks);
        typist.release(static_cast<Key>(key)); // which does no harm
        EXPECT_EQ(typist.keyboard.modifiers(), locks);
    }
    EXPECT_EQ(typed<UsLayout>({0x2A, 0x1E, 0xFF, 0x1E}), "Aa");
    EXPECT_EQ(typed<UsLayout>({0x36, 0x1E, 0x00, 0x1E}), "Aa");
    EXPECT_EQ(typed<UsLayout>({0x1D, 0xE0, 0xFF, 0x1E}), "a");
}

// A keyboard that is plugged in says AA, which in scan code set 1 releases left shift as well. The
// keys that were held when it was pulled out never tell that they were released.
TEST(Keyboard, HoldsNoKeyAnyMoreWhenItWasPluggedInAgain) {
    EXPECT_EQ(typed<UsLayout>({0x36, 0x1E, 0xAA, 0x1E}), "Aa");
    EXPECT_EQ(typed<UsLayout>({0x2A, 0x1E, 0xAA, 0x1E}), "Aa");
    EXPECT_EQ(typed<UsLayout>({0x1D, 0x38, 0xAA, 0x1E}), "a");
    EXPECT_EQ(typed<UsLayout>({0x36, 0x1E, 0xFC, 0x1E}), "Aa"); // and has failed its self-test
}

TEST(Keyboard, HoldsTheOtherKeysStillWhenLeftShiftIsReleased) {
    EXPECT_EQ(typed<UsLayout>({0x2A, 0x36, 0xAA, 0x1E}), "A");
    EXPECT_EQ(typed<UsLayout>({0x1D, 0x2A, 0xAA, 0x1E}), "\x01");
    EXPECT_EQ(typed<UsLayout>({0x36, 0xE0, 0xAA, 0x1E}), "A"); // a pretended one
}

TEST(Keyboard, SaysNothingWhenAKeyIsReleased) {
    UsTypist typist;
    for (std::size_t key = 0; key < key_count; ++key) {
        typist.press(static_cast<Key>(key));
        typist.release(static_cast<Key>(key));
    }
}

TEST(Keyboard, TypesEveryLetterSmallOrCapitalByShiftAndCapsLock) {
    UsTypist typist;
    for (int letter = 0; letter < 26; ++letter) {
        const Key key = static_cast<Key>(letter);
        EXPECT_EQ(typist.character(key), 'a' + letter);
        EXPECT_EQ(typist.character(key, {Key::left_shift}), 'A' + letter);
        EXPECT_EQ(typist.character(key, {Key::right_shift}), 'A' + letter);
        typist.tap(Key::caps_lock);
        EXPECT_EQ(typist.character(key), 'A' + letter);
        EXPECT_EQ(typist.character(key, {Key::left_shift}), 'a' + letter);
        typist.tap(Key::caps_lock);
    }
}

TEST(Keyboard, AppliesCapsLockToLettersOnly) {
    UsTypist us;
    us.tap(Key::caps_lock);
    EXPECT_EQ(us.character(Key::digit_1), '1');
    EXPECT_EQ(us.character(Key::digit_1, {Key::left_shift}), '!');
    EXPECT_EQ(us.character(Key::semicolon), ';');
    GermanTypist german;
    german.tap(Key::caps_lock);
    EXPECT_EQ(german.character(Key::semicolon), '\x99'); // Ö
    EXPECT_EQ(german.character(Key::semicolon, {Key::left_shift}), '\x94');
    EXPECT_EQ(german.character(Key::apostrophe), '\x8E');   // Ä
    EXPECT_EQ(german.character(Key::left_bracket), '\x9A'); // Ü
    EXPECT_EQ(german.character(Key::minus), '\xE1');        // ß
    EXPECT_EQ(german.character(Key::q, {Key::right_alt}), '@');
}

TEST(Keyboard, TogglesALockOncePerPressHoweverLongItIsHeld) {
    UsTypist typist;
    for (const bool on : {true, false, true}) {
        for (int repeat = 0; repeat < 5; ++repeat) {
            EXPECT_EQ(typist.press(Key::caps_lock).modifiers.caps_lock, on);
            EXPECT_EQ(typist.press(Key::num_lock).modifiers.num_lock, on);
        }
        typist.release(Key::caps_lock);
        typist.release(Key::num_lock);
        EXPECT_EQ(typist.keyboard.modifiers().caps_lock, on);
        EXPECT_EQ(typist.keyboard.modifiers().num_lock, on);
    }
}

TEST(Keyboard, StaysShiftedUntilBothShiftsAreReleased) {
    UsTypist typist;
    typist.press(Key::left_shift);
    typist.press(Key::right_shift);
    typist.release(Key::left_shift);
    EXPECT_EQ(typist.character(Key::a), 'A');
    typist.release(Key::right_shift);
    EXPECT_EQ(typist.character(Key::a), 'a');
}

TEST(Keyboard, TypesAHeldKeyAgainAtEveryRepeat) {
    UsTypist typist;
    for (int repeat = 0; repeat < 3; ++repeat) {
        EXPECT_EQ(typist.press(Key::x).character, 'x');
    }
}

TEST(Keyboard, KnowsTheModifiersThatAreHeld) {
    struct Case {
        Key key;
        Modifiers us;
        Modifiers german;
    };
    for (const Case& one :
         {Case{Key::left_shift, {.shift = true}, {.shift = true}},
          Case{Key::right_shift, {.shift = true}, {.shift = true}},
          Case{Key::left_control, {.control = true}, {.control = true}},
          Case{Key::right_control, {.control = true}, {.control = true}},
          Case{Key::left_alt, {.alt = true}, {.alt = true}},
          Case{Key::right_alt, {.alt = true}, {.alt_gr = true}},
          Case{Key::left_super, {.super = true}, {.super = true}},
          Case{Key::right_super, {.super = true}, {.super = true}}, Case{Key::menu, {}, {}}}) {
        SCOPED_TRACE(static_cast<int>(one.key));
        UsTypist us;
        GermanTypist german;
        EXPECT_EQ(us.press(one.key), (TypedKey{'\0', one.key, one.us}));
        EXPECT_EQ(german.press(one.key), (TypedKey{'\0', one.key, one.german}));
        EXPECT_EQ(us.keyboard.modifiers(), one.us);
        EXPECT_EQ(us.press(Key::tab).modifiers, one.us);
        us.release(one.key);
        EXPECT_EQ(us.keyboard.modifiers(), Modifiers{});
    }
}

TEST(Keyboard, MakesControlCharactersOfLettersAndOfNothingElse) {
    UsTypist us;
    for (int letter = 0; letter < 26; ++letter) {
        const Key key = static_cast<Key>(letter);
        EXPECT_EQ(us.character(key, {Key::left_control}), letter + 1);
        EXPECT_EQ(us.character(key, {Key::right_control, Key::left_shift}), letter + 1);
    }
    for (const Key key : {Key::digit_2, Key::space, Key::grave, Key::left_bracket, Key::up}) {
        EXPECT_EQ(us.character(key, {Key::left_control}), '\0');
    }
    GermanTypist german;
    EXPECT_EQ(german.character(Key::y, {Key::left_control}), 26); // labelled Z
    EXPECT_EQ(german.character(Key::semicolon, {Key::left_control}), '\0');
    EXPECT_EQ(german.character(Key::q, {Key::left_control, Key::right_alt}), '\0');
}

TEST(Keyboard, TypesNoTextWhileAltOrSuperIsHeld) {
    UsTypist us;
    for (const Key held : {Key::left_alt, Key::right_alt, Key::left_super, Key::right_super}) {
        EXPECT_EQ(us.character(Key::a, {held}), '\0');
        EXPECT_EQ(us.character(Key::enter, {held}), '\0');
        EXPECT_EQ(us.character(Key::c, {Key::left_control, held}), '\0');
    }
    EXPECT_EQ(us.character(Key::a), 'a');
}

TEST(Keyboard, TypesTheThirdLevelWithAltGr) {
    GermanTypist german;
    const std::vector<std::pair<Key, char>> labels{
        {Key::q, '@'},       {Key::digit_7, '{'}, {Key::digit_8, '['},       {Key::digit_9, ']'},
        {Key::digit_0, '}'}, {Key::minus, '\\'},  {Key::right_bracket, '~'}, {Key::key_102, '|'},
        {Key::e, '\0'}};
    for (const auto& [key, character] : labels) {
        EXPECT_EQ(german.character(key, {Key::right_alt}), character);
        EXPECT_EQ(german.character(key, {Key::left_alt}), '\0');
    }
}

TEST(Keyboard, GivesTheEditingKeysTheirControlCharacters) {
    UsTypist us;
    EXPECT_EQ(us.character(Key::enter), '\n');
    EXPECT_EQ(us.character(Key::keypad_enter), '\n');
    EXPECT_EQ(us.character(Key::tab), '\t');
    EXPECT_EQ(us.character(Key::backspace), '\b');
    EXPECT_EQ(us.character(Key::escape), '\x1B');
    EXPECT_EQ(us.character(Key::backspace, {Key::left_shift}), '\b');
    EXPECT_EQ(us.character(Key::delete_key), '\0');
    EXPECT_EQ(us.character(Key::f1), '\0');
}

TEST(Keyboard, NamesTheKeyForThoseWhoWantArrows) {
    UsTypist us;
    EXPECT_EQ(us.tap(Key::up), (TypedKey{'\0', Key::up, {}}));
    EXPECT_EQ(us.tap(Key::a), (TypedKey{'a', Key::a, {}}));
    us.tap(Key::num_lock);
    EXPECT_EQ(us.tap(Key::up).key, Key::up);
}

struct KeypadKey {
    Key key;
    Key without_num_lock;
    char us;
    char german;
};

const std::vector<KeypadKey> keypad_keys{
    {Key::keypad_0, Key::insert, '0', '0'},
    {Key::keypad_1, Key::end, '1', '1'},
    {Key::keypad_2, Key::down, '2', '2'},
    {Key::keypad_3, Key::page_down, '3', '3'},
    {Key::keypad_4, Key::left, '4', '4'},
    {Key::keypad_5, Key::keypad_5, '5', '5'},
    {Key::keypad_6, Key::right, '6', '6'},
    {Key::keypad_7, Key::home, '7', '7'},
    {Key::keypad_8, Key::up, '8', '8'},
    {Key::keypad_9, Key::page_up, '9', '9'},
    {Key::keypad_decimal, Key::delete_key, '.', ','},
};

TEST(Keyboard, MakesDigitsOfTheKeyPadWithNumLockOrShiftAndArrowsWithBothOrNeither) {
    UsTypist us;
    GermanTypist german;
    for (const bool num_lock : {false, true}) {
        for (const KeypadKey& one : keypad_keys) {
            SCOPED_TRACE(static_cast<int>(one.key));
            for (const bool shift : {false, true}) {
                const bool digits = num_lock != shift;
                const std::vector<Key> held =
                    shift ? std::vector{Key::left_shift} : std::vector<Key>{};
                EXPECT_EQ(us.tap(one.key, held).key, digits ? one.key : one.without_num_lock);
                EXPECT_EQ(us.character(one.key, held), digits ? one.us : '\0');
                EXPECT_EQ(german.character(one.key, held), digits ? one.german : '\0');
            }
            EXPECT_EQ(us.character(one.key, {Key::left_control}), '\0');
        }
        us.tap(Key::num_lock);
        german.tap(Key::num_lock);
    }
}

TEST(Keyboard, TypesTheKeyPadsOperatorsWhateverNumLockAndShiftSay) {
    UsTypist us;
    for (int num_lock = 0; num_lock < 2; ++num_lock) {
        for (const auto& held : {std::vector<Key>{}, std::vector{Key::right_shift}}) {
            EXPECT_EQ(us.character(Key::keypad_divide, held), '/');
            EXPECT_EQ(us.character(Key::keypad_multiply, held), '*');
            EXPECT_EQ(us.character(Key::keypad_minus, held), '-');
            EXPECT_EQ(us.character(Key::keypad_plus, held), '+');
            EXPECT_EQ(us.character(Key::keypad_enter, held), '\n');
        }
        us.tap(Key::num_lock);
    }
}

// The keyboard is usable while compiling.
static_assert(Keyboard<UsLayout>{}.on({Key::space, pressed}) == TypedKey{' ', Key::space, {}});

} // namespace
