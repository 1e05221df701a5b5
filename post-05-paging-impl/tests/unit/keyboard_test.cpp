#include "devices/german_layout.hpp"
#include "devices/keyboard.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "key_codes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace kernel;
using enum Movement;

struct Typist {
    Keyboard keyboard;

    explicit Typist(const KeyboardLayout& layout = us_layout) : keyboard{layout} {}

    TypedKey press(Key key) {
        const auto typed = keyboard.handle({key, pressed});
        EXPECT_TRUE(typed.has_value());
        return typed.value_or(TypedKey{'?', key});
    }
    void release(Key key) { EXPECT_EQ(keyboard.handle({key, released}), std::nullopt); }
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

// The text that bytes from the keyboard controller type.
std::string typed(const KeyboardLayout& layout, const Bytes& bytes) {
    ScancodeDecoder decoder;
    Keyboard keyboard{layout};
    std::string text;
    for (const std::uint8_t byte : bytes) {
        if (const auto event = decoder.decode(byte)) {
            const auto key = keyboard.handle(*event);
            text += key && key->character != '\0' ? std::string{key->character} : "";
        }
    }
    return text;
}

// Both shifts, rolled fingers (a key goes down before the last one is up), a repeated l.
const Bytes hello{0x2A, 0x23, 0xA3, 0xAA, 0x12, 0x26, 0x92, 0x26, 0xA6, 0x18, 0x98,
                  0x33, 0xB3, 0x39, 0xB9, 0x36, 0x11, 0xB6, 0x18, 0x91, 0x98, 0x13,
                  0x93, 0x26, 0xA6, 0x20, 0xA0, 0x2A, 0x02, 0x82, 0xAA, 0x39, 0xB9,
                  0x02, 0x82, 0x03, 0x83, 0x04, 0x84, 0x1C, 0x9C};

TEST(Keyboard, TypesWhatARecordedStreamOfBytesSays) {
    EXPECT_EQ(typed(us_layout, hello), "Hello, World! 123\n");
    EXPECT_EQ(typed(german_layout, hello), "Hello, World! 123\n");
}

TEST(Keyboard, TypesByItsLayoutAndNotByTheUsLabels) {
    const Bytes bytes{0x15, 0x95, 0x2A, 0x2C, 0xAC, 0xAA, 0x27, 0xA7};
    EXPECT_EQ(typed(us_layout, bytes), "yZ;");
    EXPECT_EQ(typed(german_layout, bytes), "zY\x94");
}

// Around arrows and the like the keyboard sends E0 and a shift's code.
TEST(Keyboard, DoesNotTakeTheShiftsAroundOtherKeysForShift) {
    // shift held, left arrow between a release and a press of E0 shift, then a
    EXPECT_EQ(typed(us_layout, {0x2A, 0xE0, 0xAA, 0xE0, 0x4B, 0xE0, 0xCB, 0xE0, 0x2A, 0x1E}), "A");
    EXPECT_EQ(typed(us_layout, {0xE0, 0x2A, 0xE0, 0x37, 0x1E}), "a"); // print screen, then a
}

// A laptop's key for the radio sends E0 08, and another one E0 45.
TEST(Keyboard, TypesAndLocksNothingForAKeyThatItDoesNotKnow) {
    EXPECT_EQ(typed(us_layout, {0xE0, 0x08, 0xE0, 0x88, 0x1E, 0x9E}), "a");
    EXPECT_EQ(typed(us_layout, {0xE0, 0x45, 0xE0, 0xC5, 0x47, 0xC7, 0x1E, 0x9E}), "a");
}

TEST(Keyboard, HoldsNoKeyAfterSomeWereLost) {
    EXPECT_EQ(typed(us_layout, {0x2A, 0x1E, 0xFF, 0x1E}), "Aa");
    EXPECT_EQ(typed(us_layout, {0x36, 0x1E, 0x00, 0x1E}), "Aa");
    EXPECT_EQ(typed(us_layout, {0x1D, 0xE0, 0xFF, 0x1E}), "a");
    for (int number = 0; number < 256; ++number) {
        const auto key = static_cast<Key>(number);
        Typist typist{german_layout};
        typist.press(key);
        const bool caps_lock = key == Key::caps_lock; // which stays on, as num lock does
        EXPECT_EQ(typist.keyboard.handle(all_keys_released), std::nullopt);
        EXPECT_EQ(typist.character(Key::q), caps_lock ? 'Q' : 'q') << number;
        EXPECT_EQ(typist.tap(Key::keypad_7).key, key == Key::num_lock ? Key::keypad_7 : Key::home);
        typist.release(key); // has no effect
        EXPECT_EQ(typist.character(Key::q), caps_lock ? 'Q' : 'q') << number;
    }
}

TEST(Keyboard, KeepsItsLocksWhenSomeKeysWereLost) {
    EXPECT_EQ(typed(us_layout, {0x3A, 0xBA, 0x45, 0xC5, 0xFF, 0x1E, 0x47}), "A7");
    EXPECT_EQ(typed(us_layout, {0x3A, 0xFF, 0x3A, 0x1E}), "a"); // pressed again, not repeated
}

// A keyboard that is plugged in sends AA, which is the release of left shift too. The releases of
// the keys that were held when it was pulled out never come.
TEST(Keyboard, HoldsNoKeyAfterItWasPluggedInAgain) {
    EXPECT_EQ(typed(us_layout, {0x36, 0x1E, 0xAA, 0x1E}), "Aa");
    EXPECT_EQ(typed(us_layout, {0x2A, 0x1E, 0xAA, 0x1E}), "Aa");
    EXPECT_EQ(typed(us_layout, {0x1D, 0x38, 0xAA, 0x1E}), "a");
    EXPECT_EQ(typed(us_layout, {0x36, 0x1E, 0xFC, 0x1E}), "Aa"); // and has failed its self-test
}

TEST(Keyboard, StillHoldsTheOtherKeysWhenLeftShiftIsReleased) {
    EXPECT_EQ(typed(us_layout, {0x2A, 0x36, 0xAA, 0x1E}), "A");
    EXPECT_EQ(typed(us_layout, {0x1D, 0x2A, 0xAA, 0x1E}), "\x01");
    EXPECT_EQ(typed(us_layout, {0x36, 0xE0, 0xAA, 0x1E}), "A"); // E0: not left shift
}

TEST(Keyboard, TypesNothingForARelease) {
    Typist typist;
    for (int number = 0; number < 256; ++number) {
        typist.press(static_cast<Key>(number));
        typist.release(static_cast<Key>(number));
    }
}

TEST(Keyboard, TypesEveryLetterSmallOrCapitalByShiftAndCapsLock) {
    Typist typist;
    for (int letter = 0; letter < 26; ++letter) {
        const Key key = letter_keys[static_cast<std::size_t>(letter)];
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
    Typist us;
    us.tap(Key::caps_lock);
    EXPECT_EQ(us.character(Key::digit_1), '1');
    EXPECT_EQ(us.character(Key::digit_1, {Key::left_shift}), '!');
    EXPECT_EQ(us.character(Key::semicolon), ';');
    Typist german{german_layout};
    german.tap(Key::caps_lock);
    EXPECT_EQ(german.character(Key::semicolon), '\x99'); // Ö
    EXPECT_EQ(german.character(Key::semicolon, {Key::left_shift}), '\x94');
    EXPECT_EQ(german.character(Key::apostrophe), '\x8E');   // Ä
    EXPECT_EQ(german.character(Key::left_bracket), '\x9A'); // Ü
    EXPECT_EQ(german.character(Key::minus), '\xE1');        // ß
    EXPECT_EQ(german.character(Key::q, {Key::right_alt}), '@');
}

TEST(Keyboard, TogglesALockOncePerPressHoweverLongItIsHeld) {
    Typist typist;
    for (const bool on : {true, false, true}) {
        for (int repetition = 0; repetition < 5; ++repetition) {
            typist.press(Key::caps_lock);
            typist.press(Key::num_lock);
            EXPECT_EQ(typist.character(Key::a), on ? 'A' : 'a');
            EXPECT_EQ(typist.character(Key::keypad_7), on ? '7' : '\0');
        }
        typist.release(Key::caps_lock);
        typist.release(Key::num_lock);
    }
}

TEST(Keyboard, StaysShiftedUntilBothShiftsAreReleased) {
    Typist typist;
    typist.press(Key::left_shift);
    typist.press(Key::right_shift);
    typist.release(Key::left_shift);
    EXPECT_EQ(typist.character(Key::a), 'A');
    typist.release(Key::right_shift);
    EXPECT_EQ(typist.character(Key::a), 'a');
}

TEST(Keyboard, TypesAHeldKeyAgainAtEveryRepetition) {
    Typist typist;
    for (int repetition = 0; repetition < 3; ++repetition) {
        EXPECT_EQ(typist.press(Key::x).character, 'x');
    }
}

TEST(Keyboard, TypesNoCharacterForAModifierOrALock) {
    for (const KeyboardLayout& layout : {us_layout, german_layout}) {
        Typist typist{layout};
        for (const Key key :
             {Key::left_shift, Key::right_shift, Key::left_control, Key::right_control,
              Key::left_alt, Key::right_alt, Key::left_super, Key::right_super, Key::menu,
              Key::caps_lock, Key::num_lock, Key::scroll_lock, Key::pause, Key::print_screen}) {
            EXPECT_EQ(typist.tap(key), (TypedKey{'\0', key}));
        }
    }
}

TEST(Keyboard, MakesControlCharactersOfLettersAndOfNothingElse) {
    Typist us;
    for (int letter = 0; letter < 26; ++letter) {
        const Key key = letter_keys[static_cast<std::size_t>(letter)];
        EXPECT_EQ(us.character(key, {Key::left_control}), letter + 1);
        EXPECT_EQ(us.character(key, {Key::right_control, Key::left_shift}), letter + 1);
    }
    for (const Key key : {Key::digit_2, Key::space, Key::grave, Key::left_bracket, Key::up}) {
        EXPECT_EQ(us.character(key, {Key::left_control}), '\0');
    }
    Typist german{german_layout};
    EXPECT_EQ(german.character(Key::y, {Key::left_control}), 26); // labelled Z
    EXPECT_EQ(german.character(Key::semicolon, {Key::left_control}), '\0');
    EXPECT_EQ(german.character(Key::q, {Key::left_control, Key::right_alt}), '\0');
}

TEST(Keyboard, TypesNoTextWhileAltOrSuperIsHeld) {
    Typist us;
    for (const Key held : {Key::left_alt, Key::right_alt, Key::left_super, Key::right_super}) {
        EXPECT_EQ(us.character(Key::a, {held}), '\0');
        EXPECT_EQ(us.character(Key::enter, {held}), '\0');
        EXPECT_EQ(us.character(Key::c, {Key::left_control, held}), '\0');
    }
    EXPECT_EQ(us.character(Key::a), 'a');
}

TEST(Keyboard, TypesTheThirdLevelWithAltGr) {
    Typist german{german_layout};
    const std::vector<std::pair<Key, char>> labels{
        {Key::q, '@'},       {Key::digit_7, '{'}, {Key::digit_8, '['},       {Key::digit_9, ']'},
        {Key::digit_0, '}'}, {Key::minus, '\\'},  {Key::right_bracket, '~'}, {Key::key_102, '|'},
        {Key::e, '\0'},      {Key::space, '\0'},  {Key::keypad_divide, '\0'}};
    for (const auto& [key, character] : labels) {
        EXPECT_EQ(german.character(key, {Key::right_alt}), character);
        EXPECT_EQ(german.character(key, {Key::left_alt}), '\0');
    }
}

TEST(Keyboard, GivesTheEditingKeysTheirControlCharacters) {
    Typist us;
    EXPECT_EQ(us.character(Key::enter), '\n');
    EXPECT_EQ(us.character(Key::keypad_enter), '\n');
    EXPECT_EQ(us.character(Key::tab), '\t');
    EXPECT_EQ(us.character(Key::backspace), '\b');
    EXPECT_EQ(us.character(Key::escape), '\x1B');
    EXPECT_EQ(us.character(Key::backspace, {Key::left_shift}), '\b');
    EXPECT_EQ(us.character(Key::enter, {Key::left_control}), '\n');
    EXPECT_EQ(us.character(Key::delete_key), '\0');
    EXPECT_EQ(us.character(Key::f1), '\0');
}

TEST(Keyboard, TypesABlankForSpaceWithAndWithoutShift) {
    Typist us;
    EXPECT_EQ(us.character(Key::space), ' ');
    EXPECT_EQ(us.character(Key::space, {Key::left_shift}), ' ');
    EXPECT_EQ(us.character(Key::space, {Key::left_control}), '\0');
}

TEST(Keyboard, NamesTheKeyBesideItsCharacter) {
    Typist us;
    EXPECT_EQ(us.tap(Key::up), (TypedKey{'\0', Key::up}));
    EXPECT_EQ(us.tap(Key::a), (TypedKey{'a', Key::a}));
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
    {Key::keypad_5, Key{0xCC}, '5', '5'},
    {Key::keypad_6, Key::right, '6', '6'},
    {Key::keypad_7, Key::home, '7', '7'},
    {Key::keypad_8, Key::up, '8', '8'},
    {Key::keypad_9, Key::page_up, '9', '9'},
    {Key::keypad_decimal, Key::delete_key, '.', ','},
};

TEST(Keyboard, MakesDigitsOfTheKeyPadWithNumLockOrShiftAndArrowsWithBothOrNeither) {
    Typist us;
    Typist german{german_layout};
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
    Typist us;
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

// The keyboard can be used at compile time.
static_assert(Keyboard{us_layout}.handle({Key::space, pressed}) == TypedKey{' ', Key::space});

} // namespace
