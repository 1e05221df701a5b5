// Judges the exercise cursor.

#include "shell/command_line.hpp"

#include "devices/text_screen.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace {

using namespace kernel;

// A person at a keyboard, with a screen that notes where its cursor is.
class Typist {
public:
    Typist()
        : line_{"> ", Lines{"complete"}, history,
                [this](std::string_view text) { screen_.write(text); }} {
        screen_.clear();
        line_.begin();
    }

    Typist& press(Key key, int times = 1) {
        for (; times > 0; --times) {
            press(TypedKey{'\0', key});
        }
        return *this;
    }
    Typist& type(std::string_view text) {
        for (const char each : text) {
            press(TypedKey{each, Key::a});
        }
        return *this;
    }

    // What the row of the prompt, and those below it, show.
    std::string shown() const {
        std::string text;
        for (std::size_t cell = row_ * 80; cell < cells_.size(); ++cell) {
            text += static_cast<char>(cells_[cell] & 0xFF);
        }
        return text.substr(0, text.find_last_not_of(' ') + 1);
    }
    // Of the screen's cursor, counted from the first cell of the prompt.
    std::size_t cursor() const {
        const auto& writes = log_.writes; // index, high byte, index, low byte
        return (std::size_t{writes[writes.size() - 3].second} << 8 | writes.back().second) -
               row_ * 80;
    }

    Lines lines{}; // that were finished
    Lines history{};

private:
    void press(const TypedKey& typed) {
        if (auto entered = line_.handle(typed)) {
            lines.push_back(std::move(*entered));
            line_.begin();
            row_ = cell_of_cursor() / 80;
        }
    }
    std::size_t cell_of_cursor() const {
        const auto& writes = log_.writes;
        return std::size_t{writes[writes.size() - 3].second} << 8 | writes.back().second;
    }

    std::array<std::uint16_t, std::size_t{25} * 80> cells_{};
    PortLog log_{};
    TextScreen<RecordedPorts> screen_{cells_.data(), RecordedPorts{&log_}};
    CommandLine line_;
    std::size_t row_ = 0; // of the prompt
};

TEST(Cursor, InsertsWhereItStands) {
    Typist typist;
    typist.type("hllo").press(Key::left, 3).type("e");
    EXPECT_EQ(typist.shown(), "> hello");
    EXPECT_EQ(typist.cursor(), 4u);
    typist.type("\n");
    EXPECT_EQ(typist.lines, Lines{"hello"});
    EXPECT_EQ(typist.history, Lines{"hello"});
}

TEST(Cursor, StaysWithinTheLine) {
    Typist typist;
    typist.type("ab").press(Key::left, 5).type("x").press(Key::right, 5).type("y");
    EXPECT_EQ(typist.shown(), "> xaby");
    EXPECT_EQ(typist.cursor(), 6u);
}

TEST(Cursor, GoesToBothEnds) {
    Typist typist;
    typist.type("bc").press(Key::home).type("a").press(Key::end).type("d");
    EXPECT_EQ(typist.shown(), "> abcd");
    EXPECT_EQ(typist.cursor(), 6u);
}

TEST(Cursor, ErasesOnBothSides) {
    Typist typist;
    typist.type("abcdef").press(Key::left, 3).press(Key::delete_key).type("\b");
    EXPECT_EQ(typist.shown(), "> abef");
    EXPECT_EQ(typist.cursor(), 4u);
    typist.press(Key::home).type("\b").press(Key::end).press(Key::delete_key);
    EXPECT_EQ(typist.shown(), "> abef");
    typist.type("\n");
    EXPECT_EQ(typist.lines, Lines{"abef"});
}

TEST(Cursor, StandsAtTheEndOfARecalledLine) {
    Typist typist;
    typist.type("first\nsec").press(Key::left, 2).press(Key::up).type("!");
    EXPECT_EQ(typist.shown(), "> first!");
    typist.press(Key::left, 3).press(Key::down).type("ond\n");
    EXPECT_EQ(typist.lines.back(), "second");
}

TEST(Cursor, DoesNotMatterToTab) {
    Typist typist;
    typist.type("com").press(Key::left, 2).type("\t");
    EXPECT_EQ(typist.shown(), "> complete");
    EXPECT_EQ(typist.cursor(), 10u);
}

TEST(Cursor, DoesNotMatterToControlC) {
    Typist typist;
    typist.type("abc").press(Key::home).type("\x03");
    EXPECT_EQ(typist.lines, Lines{""});
    EXPECT_EQ(typist.shown(), ">");
    typist.type("d\n");
    EXPECT_EQ(typist.lines.back(), "d");
}

TEST(Cursor, DoesNotMakeAFullLineLonger) {
    Typist typist;
    typist.type(std::string(CommandLine::longest_line, 'x')).press(Key::home).type("y\n");
    EXPECT_EQ(typist.lines, Lines{std::string(CommandLine::longest_line, 'x')});
}

// The last column of a row is where a cursor after a full row is shown.
TEST(Cursor, IsShownCorrectlyAfterEachKeyAcrossRows) {
    std::mt19937 random{1};
    for (int round = 0; round < 20; ++round) {
        Typist typist;
        std::string text(random() % 300, 'x');
        typist.type(text);
        std::size_t place = text.size();
        for (int step = 0; step < 150; ++step) {
            const auto key = random() % 16;
            if (key < 6) {
                const char each = static_cast<char>('a' + random() % 26);
                typist.type({&each, 1});
                text.insert(place++, 1, each);
            } else if (key < 8) {
                typist.type("\b");
                if (place > 0) {
                    text.erase(--place, 1);
                }
            } else if (key < 10) {
                typist.press(Key::delete_key);
                text.erase(place, place < text.size() ? 1 : 0);
            } else if (key < 12) {
                typist.press(Key::left);
                place -= place > 0 ? 1 : 0;
            } else if (key < 14) {
                typist.press(Key::right);
                place += place < text.size() ? 1 : 0;
            } else {
                typist.press(key == 14 ? Key::home : Key::end);
                place = key == 14 ? 0 : text.size();
            }
            ASSERT_EQ(typist.shown(), text.empty() ? ">" : "> " + text);
            const std::size_t cell = place + 2;
            const bool ambiguous = cell % 80 == 0;
            ASSERT_TRUE(typist.cursor() == cell || (ambiguous && typist.cursor() == cell - 1))
                << typist.cursor() << " instead of " << cell;
        }
        typist.type("\n");
        ASSERT_EQ(typist.lines, Lines{text});
    }
}

} // namespace
