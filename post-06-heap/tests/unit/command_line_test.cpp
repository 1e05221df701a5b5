#include "shell/command_line.hpp"

#include "devices/text_screen.hpp"
#include "recorded_ports.hpp"
#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace {

using namespace kernel;

constexpr char control_c = 0x03;
constexpr char control_u = 0x15;

TypedKey key(Key key) {
    return {'\0', key, {}};
}

TypedKey character(char character) {
    return {character, Key::a, {}}; // which key types it does not matter
}

// A person at a keyboard, who sees the screen.
class Typist {
public:
    explicit Typist(Vocabulary words = [](std::string_view) { return Words{}; })
        : line{"> ", std::move(words)} {
        screen_.clear();
        line.begin(*this);
    }

    void press(TypedKey typed) {
        if (auto entered = line.on(typed, *this)) {
            lines.push_back(std::move(*entered));
            line.begin(*this);
        }
    }
    Typist& press(Key which, int times = 1) {
        for (; times > 0; --times) {
            press(key(which));
        }
        return *this;
    }
    Typist& type(std::string_view text) {
        for (const char each : text) {
            press(character(each));
        }
        return *this;
    }

    // Text sink: what is echoed goes to the screen too.
    void write(std::string_view text) {
        echo += text;
        screen_.write(text);
    }

    // The screen's characters without the blanks at the end of rows and the empty rows below.
    std::string shown() const {
        std::string text;
        for (std::size_t row = 0; row < Screen::rows; ++row) {
            std::string cells;
            for (std::size_t column = 0; column < Screen::columns; ++column) {
                cells += static_cast<char>(cells_[row * Screen::columns + column] & 0xFF);
            }
            text += cells.substr(0, cells.find_last_not_of(' ') + 1) + "\n";
        }
        return text.substr(0, text.find_last_not_of('\n') + 1);
    }

    CommandLine line;
    Words lines{}; // that were finished
    std::string echo{};

private:
    using Screen = TextScreen<RecordedPorts>;

    std::array<std::uint16_t, Screen::rows * Screen::columns> cells_{};
    PortLog log_{};
    Screen screen_{cells_.data(), RecordedPorts{&log_}};
};

TEST(CommandLine, EchoesWhatIsTypedAndHandsTheLineOverAtEnter) {
    Typist typist;
    typist.type("Hello, World!");
    EXPECT_EQ(typist.echo, "> Hello, World!");
    EXPECT_EQ(typist.lines, Words{});
    typist.type("\n");
    EXPECT_EQ(typist.echo, "> Hello, World!\n> ");
    EXPECT_EQ(typist.lines, Words{"Hello, World!"});
}

TEST(CommandLine, BeginsEachLineEmpty) {
    Typist typist;
    typist.type("first\n\nsecond\n");
    EXPECT_EQ(typist.lines, (Words{"first", "", "second"}));
}

TEST(CommandLine, TakesTheLastCharacterBackFromLineAndScreen) {
    Typist typist;
    typist.type("ab\bc\n");
    EXPECT_EQ(typist.echo, "> ab\b \bc\n> ");
    EXPECT_EQ(typist.lines, Words{"ac"});
}

TEST(CommandLine, DoesNotEraseBeyondTheStartOfTheLine) {
    Typist typist;
    typist.type("\ba\b\b\bb\n\b");
    EXPECT_EQ(typist.echo, "> a\b \bb\n> ");
    EXPECT_EQ(typist.lines, Words{"b"});
}

TEST(CommandLine, TakesAsManyCharactersAsItHasRoomForAndNoMore) {
    Typist typist;
    typist.type(std::string(CommandLine::longest + 5, 'x')).type("\b\by").press(Key::home);
    typist.type("123\n");
    EXPECT_EQ(typist.lines, Words{"1" + std::string(CommandLine::longest - 2, 'x') + "y"});
}

TEST(CommandLine, IgnoresEveryOtherControlCharacterAndNoneElse) {
    for (int byte = 0; byte < 256; ++byte) {
        const char each = static_cast<char>(byte);
        if (each == '\n' || each == control_c) {
            continue; // they end the line
        }
        Typist typist;
        typist.type({&each, 1}).type("\n");
        const bool taken = byte >= 0x20 && byte != 0x7F;
        const std::string expected = taken ? std::string{each} : "";
        EXPECT_EQ(typist.lines, Words{expected}) << byte;
        EXPECT_EQ(typist.echo, "> " + expected + "\n> ") << byte;
    }
}

TEST(CommandLine, IgnoresEveryKeyThatTypesNothingAndMovesNothing) {
    for (const Key each : {Key::escape, Key::f1, Key::left_shift, Key::insert, Key::page_up}) {
        Typist typist;
        typist.type("ab").press(each).type("c\n");
        EXPECT_EQ(typist.lines, Words{"abc"});
        EXPECT_EQ(typist.echo, "> abc\n> ");
    }
}

TEST(CommandLine, InsertsAtTheCursor) {
    Typist typist;
    typist.type("ad").press(Key::left).type("b").type("c");
    EXPECT_EQ(typist.shown(), "> abcd");
    typist.press(Key::right).type("e\n");
    EXPECT_EQ(typist.lines, Words{"abcde"});
    EXPECT_EQ(typist.shown(), "> abcde\n>");
}

TEST(CommandLine, ErasesInFrontOfTheCursorAndAtIt) {
    Typist typist;
    typist.type("abcde").press(Key::left, 2).type("\b");
    EXPECT_EQ(typist.shown(), "> abde");
    typist.press(Key::delete_key);
    EXPECT_EQ(typist.shown(), "> abe");
    typist.type("X\n");
    EXPECT_EQ(typist.lines, Words{"abXe"});
}

TEST(CommandLine, DeletesNothingAtTheEnd) {
    Typist typist;
    typist.press(Key::delete_key).type("ab").press(Key::delete_key).type("\n");
    EXPECT_EQ(typist.echo, "> ab\n> ");
}

TEST(CommandLine, MovesTheCursorToTheEndsAndNotBeyond) {
    Typist typist;
    typist.type("bc").press(Key::home).press(Key::left).type("a").press(Key::end);
    typist.press(Key::right).type("d\n");
    EXPECT_EQ(typist.lines, Words{"abcd"});
    EXPECT_EQ(typist.shown(), "> abcd\n>");
}

TEST(CommandLine, LeavesALineWholeThatIsEnteredFromItsMiddle) {
    Typist typist;
    typist.type(std::string(200, 'x')).press(Key::home).type("\nnext");
    EXPECT_EQ(typist.lines, Words{std::string(200, 'x')});
    EXPECT_TRUE(typist.shown().ends_with("xx\n> next")) << typist.shown();
}

TEST(CommandLine, GivesTheLineUpAtControlC) {
    Typist typist;
    typist.type("abc").press(Key::home).press({control_c, Key::c, {.control = true}});
    EXPECT_EQ(typist.shown(), "> abc^C\n>");
    EXPECT_TRUE(typist.echo.ends_with("abc^C\n> ")) << typist.echo; // and the cursor stays there
    EXPECT_EQ(typist.lines, Words{""});
    EXPECT_TRUE(typist.line.history().lines().empty());
    typist.type("d\n");
    EXPECT_EQ(typist.lines.back(), "d");
}

TEST(CommandLine, ErasesTheLineAtControlU) {
    Typist typist;
    typist.type("abc").press(Key::left).press({control_u, Key::u, {.control = true}});
    EXPECT_EQ(typist.shown(), ">");
    EXPECT_EQ(typist.lines, Words{});
    typist.type("d\n");
    EXPECT_EQ(typist.lines, Words{"d"});
    EXPECT_EQ(typist.shown(), "> d\n>");
}

TEST(CommandLine, GoesUpAndDownThroughTheHistory) {
    Typist typist;
    typist.type("one\nlonger than that\nthree\n").press(Key::up, 2);
    EXPECT_TRUE(typist.shown().ends_with("\n> longer than that")) << typist.shown();
    typist.press(Key::up);
    EXPECT_TRUE(typist.shown().ends_with("\n> one")) << typist.shown();
    typist.press(Key::up).press(Key::down, 2).type("!\n");
    EXPECT_EQ(typist.lines.back(), "three!");
}

TEST(CommandLine, BringsBackWhatWasBeingTypedBehindTheLastLineOfTheHistory) {
    Typist typist;
    typist.type("one\ntwo\nthr").press(Key::up, 2).press(Key::down, 2);
    EXPECT_TRUE(typist.shown().ends_with("\n> thr")) << typist.shown();
    typist.press(Key::down).type("ee\n");
    EXPECT_EQ(typist.lines.back(), "three");
}

TEST(CommandLine, DoesNotChangeTheHistoryWhenARecalledLineIsChanged) {
    Typist typist;
    typist.type("one\n").press(Key::up).type("!\n");
    EXPECT_EQ(typist.line.history().lines(), (Words{"one", "one!"}));
}

TEST(CommandLine, HasNothingToRecallAtFirst) {
    Typist typist;
    typist.type("a").press(Key::up).press(Key::down);
    EXPECT_EQ(typist.echo, "> a");
}

Vocabulary vocabulary() {
    return [](std::string_view before) {
        return before.empty()      ? Words{"help", "heap", "history", "walk"}
               : before == "walk " ? Words{"slowly"}
                                   : Words{};
    };
}

TEST(CommandLine, CompletesTheOnlyWordAndABlankBehindIt) {
    Typist typist{vocabulary()};
    typist.type("w\t");
    EXPECT_EQ(typist.echo, "> walk ");
    typist.type("\tx\n");
    EXPECT_EQ(typist.lines, Words{"walk slowly x"});
}

TEST(CommandLine, CompletesNothingWhereNoWordFits) {
    Typist typist{vocabulary()};
    typist.type("x\t").type(" \t").type("help \t");
    EXPECT_EQ(typist.echo, "> x help ");
}

TEST(CommandLine, CompletesAsFarAsAllWordsThatFitAreTheSame) {
    Typist typist{[](std::string_view) { return Words{"table-1", "table-2", "other"}; }};
    typist.type("t\t");
    EXPECT_EQ(typist.echo, "> table-");
    EXPECT_EQ(typist.shown(), "> table-");
}

TEST(CommandLine, ListsTheWordsThatFitWhenNothingCanBeAdded) {
    Typist typist{vocabulary()};
    typist.type("he\t");
    EXPECT_EQ(typist.shown(), "> he\nhelp  heap\n> he");
    typist.type("a\t");
    EXPECT_EQ(typist.shown(), "> he\nhelp  heap\n> heap");
}

TEST(CommandLine, CompletesTheWordInFrontOfTheCursorAndKeepsWhatIsBehindIt) {
    Typist typist{vocabulary()};
    typist.type("w1").press(Key::left).type("\t");
    EXPECT_EQ(typist.shown(), "> walk 1");
    typist.press(Key::home).type("h\t");
    EXPECT_EQ(typist.shown(), "> hwalk 1\nhelp     heap     history\n> hwalk 1");
    typist.type("!\n");
    EXPECT_EQ(typist.lines, Words{"h!walk 1"});
}

TEST(CommandLine, DoesNotCompleteBeyondItsRoom) {
    Typist typist{[](std::string_view) { return Words{"word"}; }};
    const std::string full = std::string(CommandLine::longest - 2, ' ') + "wo";
    typist.type(full).type("\t\n");
    EXPECT_EQ(typist.lines, Words{full});
}

// What the screen shows is computed by other means than the editor's: from the whole line.
TEST(CommandLine, ShowsTheLineWhateverIsTypedAcrossTheEndsOfRows) {
    std::mt19937 random{1};
    for (int round = 0; round < 50; ++round) {
        Typist typist;
        std::string expected;
        std::size_t cursor = 0;
        const auto is_right = [&] {
            std::string wrapped = "> " + expected;
            for (std::size_t end = 80; end < wrapped.size(); end += 81) {
                wrapped.insert(end, "\n");
            }
            EXPECT_EQ(typist.shown(), wrapped == "> " ? ">" : wrapped);
            return !testing::Test::HasFailure();
        };
        const std::size_t start = random() % 300;
        typist.type(std::string(start, 'x'));
        expected.assign(start, 'x');
        cursor = start;
        for (int step = 0; step < 100 && is_right(); ++step) {
            const unsigned action = random() % 8;
            if (action < 3) {
                const char each = static_cast<char>('a' + random() % 26);
                typist.type({&each, 1});
                expected.insert(cursor++, 1, each);
            } else if (action == 3) {
                typist.type("\b");
                if (cursor > 0) {
                    expected.erase(--cursor, 1);
                }
            } else if (action == 4) {
                typist.press(Key::delete_key);
                expected.erase(cursor, 1);
            } else if (action == 5) {
                const int steps = static_cast<int>(random() % 100);
                typist.press(Key::left, steps);
                cursor -= std::min(cursor, static_cast<std::size_t>(steps));
            } else if (action == 6) {
                typist.press(Key::right, 5);
                cursor = std::min(cursor + 5, expected.size());
            } else {
                typist.press(step % 2 == 0 ? Key::home : Key::end);
                cursor = step % 2 == 0 ? 0 : expected.size();
            }
        }
    }
}

TEST(History, KeepsNoBlankLinesAndNoImmediateRepetitions) {
    History history;
    for (const char* line : {"", "a", "a", "  ", "a", "b", "a"}) {
        history.add(line);
    }
    EXPECT_EQ(history.lines(), (Words{"a", "b", "a"}));
}

TEST(History, ForgetsTheOldestLinesWhenItIsFull) {
    History history;
    for (std::size_t number = 0; number < History::most + 2; ++number) {
        history.add(std::to_string(number));
    }
    EXPECT_EQ(history.lines().size(), History::most);
    EXPECT_EQ(history.lines().front(), "2");
    EXPECT_EQ(*history.up(""), std::to_string(History::most + 1));
}

TEST(History, BeginsBehindTheLastLineAgainAfterEachLine) {
    History history;
    history.add("a");
    history.add("b");
    EXPECT_EQ(*history.up(""), "b");
    EXPECT_EQ(*history.up(""), "a");
    history.add("b"); // not kept, and yet
    EXPECT_EQ(*history.up(""), "b");
    EXPECT_EQ(history.lines().size(), 2u);
}

TEST(Completion, FindsTheLongestCommonBeginning) {
    EXPECT_EQ(common_beginning({"heap"}), "heap");
    EXPECT_EQ(common_beginning({"heap", "help", "hello"}), "he");
    EXPECT_EQ(common_beginning({"heap", "heaps", "heap"}), "heap");
    EXPECT_EQ(common_beginning({"heap", "walk"}), "");
}

TEST(Completion, PrintsAsManyColumnsAsTheScreenHasRoomFor) {
    StringSink sink;
    print_in_columns(sink, {"one", "three", "two", "four", "five"}, 21);
    EXPECT_EQ(sink.text, "one    three  two\n"
                         "four   five\n");
    sink.text.clear();
    print_in_columns(sink, {"wider than it", "is"}, 5);
    EXPECT_EQ(sink.text, "wider than it\nis\n");
}

} // namespace
