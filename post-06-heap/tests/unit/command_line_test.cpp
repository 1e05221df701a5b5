#include "shell/command_line.hpp"

#include "devices/text_screen.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace {

using namespace kernel;

constexpr char control_c = 0x03;

// A person at a keyboard, with a screen.
class Typist {
public:
    explicit Typist(Lines completions = {})
        : line_{"> ", std::move(completions), history, [this](std::string_view text) {
                    echo += text;
                    screen_.write(text);
                }} {
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
            press(TypedKey{each, Key::a}); // which key types the character does not matter
        }
        return *this;
    }

    // The screen's characters without the spaces at the end of rows and the empty rows below.
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

    Lines lines{}; // that were finished
    Lines history{};
    std::string echo{};

private:
    using Screen = TextScreen<RecordedPorts>;

    void press(const TypedKey& typed) {
        if (auto entered = line_.handle(typed)) {
            lines.push_back(std::move(*entered));
            line_.begin();
        }
    }

    std::array<std::uint16_t, Screen::rows * Screen::columns> cells_{};
    PortLog log_{};
    Screen screen_{cells_.data(), RecordedPorts{&log_}};
    CommandLine line_;
};

TEST(CommandLine, EchoesWhatIsTypedAndReturnsTheLineAtEnter) {
    Typist typist;
    typist.type("Hello, World!");
    EXPECT_EQ(typist.echo, "> Hello, World!");
    EXPECT_EQ(typist.lines, Lines{});
    typist.type("\n");
    EXPECT_EQ(typist.echo, "> Hello, World!\n> ");
    EXPECT_EQ(typist.lines, Lines{"Hello, World!"});
}

TEST(CommandLine, BeginsEachLineEmpty) {
    Typist typist;
    typist.type("first\n\nsecond\n");
    EXPECT_EQ(typist.lines, (Lines{"first", "", "second"}));
}

TEST(CommandLine, ErasesTheLastCharacterFromLineAndScreen) {
    Typist typist;
    typist.type("ab\bc\n");
    EXPECT_EQ(typist.echo, "> ab\b \bc\n> ");
    EXPECT_EQ(typist.lines, Lines{"ac"});
}

TEST(CommandLine, DoesNotEraseBeyondTheStartOfTheLine) {
    Typist typist;
    typist.type("\ba\b\b\bb\n\b");
    EXPECT_EQ(typist.echo, "> a\b \bb\n> ");
    EXPECT_EQ(typist.lines, Lines{"b"});
}

TEST(CommandLine, TakesNoMoreCharactersThanTheLongestLineHas) {
    Typist typist;
    typist.type(std::string(CommandLine::longest_line + 5, 'x')).type("\b\by12\n");
    EXPECT_EQ(typist.lines, Lines{std::string(CommandLine::longest_line - 2, 'x') + "y1"});
}

TEST(CommandLine, IgnoresAllOtherControlCharacters) {
    for (int byte = 0; byte < 256; ++byte) {
        const char each = static_cast<char>(byte);
        if (each == '\n' || each == control_c) {
            continue; // they end the line
        }
        Typist typist;
        typist.type({&each, 1}).type("\n");
        const bool taken = byte >= 0x20 && byte != 0x7F;
        const std::string expected = taken ? std::string{each} : "";
        EXPECT_EQ(typist.lines, Lines{expected}) << byte;
        EXPECT_EQ(typist.echo, "> " + expected + "\n> ") << byte;
    }
}

TEST(CommandLine, IgnoresAllOtherKeysThatTypeNoCharacter) {
    for (const Key each : {Key::escape, Key::f1, Key::left_shift, Key::insert, Key::left,
                           Key::right, Key::home, Key::end, Key::delete_key, Key::page_up}) {
        Typist typist;
        typist.type("ab").press(each).type("c\n");
        EXPECT_EQ(typist.lines, Lines{"abc"});
        EXPECT_EQ(typist.echo, "> abc\n> ");
    }
}

TEST(CommandLine, AbandonsTheLineAtControlC) {
    Typist typist;
    typist.type("abc").type({&control_c, 1});
    EXPECT_EQ(typist.echo, "> abc^C\n> ");
    EXPECT_EQ(typist.lines, Lines{""});
    EXPECT_EQ(typist.history, Lines{});
    typist.type("d\n");
    EXPECT_EQ(typist.lines.back(), "d");
}

TEST(CommandLine, RecallsEarlierLinesWithUpAndDown) {
    Typist typist;
    typist.type("one\nlonger than that\nthree\n").press(Key::up, 2);
    EXPECT_TRUE(typist.shown().ends_with("\n> longer than that")) << typist.shown();
    typist.press(Key::up);
    EXPECT_TRUE(typist.shown().ends_with("\n> one")) << typist.shown();
    typist.press(Key::up).press(Key::down, 2).type("!\n");
    EXPECT_EQ(typist.lines.back(), "three!");
}

TEST(CommandLine, RestoresWhatWasBeingTypedBelowTheNewestLine) {
    Typist typist;
    typist.type("one\ntwo\nthr").press(Key::up, 2).press(Key::down, 2);
    EXPECT_TRUE(typist.shown().ends_with("\n> thr")) << typist.shown();
    typist.press(Key::down).type("ee\n");
    EXPECT_EQ(typist.lines.back(), "three");
}

TEST(CommandLine, KeepsTheHistoryWhenARecalledLineIsChanged) {
    Typist typist;
    typist.type("one\n").press(Key::up).type("!\n");
    EXPECT_EQ(typist.history, (Lines{"one", "one!"}));
}

TEST(CommandLine, RecallsNothingWhileTheHistoryIsEmpty) {
    Typist typist;
    typist.type("a").press(Key::up).press(Key::down);
    EXPECT_EQ(typist.echo, "> a");
}

TEST(CommandLine, KeepsNeitherBlankLinesNorRepetitions) {
    Typist typist;
    typist.type("\na\na\n  \na\nb\na\n");
    EXPECT_EQ(typist.history, (Lines{"a", "b", "a"}));
}

TEST(CommandLine, ForgetsTheOldestLineWhenTheHistoryIsFull) {
    Typist typist;
    for (std::size_t number = 0; number < CommandLine::longest_history + 2; ++number) {
        typist.type(std::to_string(number) + "\n");
    }
    EXPECT_EQ(typist.history.size(), CommandLine::longest_history);
    EXPECT_EQ(typist.history.front(), "2");
    typist.press(Key::up).type("\n");
    EXPECT_EQ(typist.lines.back(), std::to_string(CommandLine::longest_history + 1));
}

TEST(CommandLine, RecallsTheNewestLineFirstAfterEachLine) {
    Typist typist;
    typist.type("a\nb\n").press(Key::up, 2).press(Key::down).type("\n"); // "b" is not kept again
    typist.press(Key::up).type("\n");
    EXPECT_EQ(typist.lines.back(), "b");
    EXPECT_EQ(typist.history, (Lines{"a", "b"}));
}

Typist typist_with_words() {
    return Typist{{"help", "heap", "history", "walk ", "fault null", "fault int3"}};
}

TEST(CommandLine, CompletesTheOnlyLineThatFits) {
    Typist typist = typist_with_words();
    typist.type("w\t");
    EXPECT_EQ(typist.echo, "> walk ");
    typist.type("\t1\n");
    EXPECT_EQ(typist.lines, Lines{"walk 1"});
}

TEST(CommandLine, CompletesNothingIfNoLineFits) {
    Typist typist = typist_with_words();
    typist.type("x\t").type(" h\t").type("eap\t");
    EXPECT_EQ(typist.echo, "> x heap");
}

TEST(CommandLine, CompletesWhatAllLinesThatFitHaveInCommon) {
    Typist typist = typist_with_words();
    typist.type("f\t");
    EXPECT_EQ(typist.echo, "> fault ");
    typist.type("i\t\n");
    EXPECT_EQ(typist.lines, Lines{"fault int3"});
}

TEST(CommandLine, ListsTheLinesThatFitIfThereIsNothingToAppend) {
    Typist typist = typist_with_words();
    typist.type("he\t");
    EXPECT_EQ(typist.shown(), "> he\nhelp                     heap\n> he");
    typist.type("a\t\t");
    EXPECT_EQ(typist.shown(), "> he\nhelp                     heap\n> heap");
}

TEST(CommandLine, ListsThreeLinesInARowOfTheScreen) {
    Typist typist{{"one", "two", "a longer one than the others", "four", "five", "six", "seven"}};
    typist.type("\t");
    EXPECT_EQ(typist.shown(), ">\n"
                              "one                      two                      "
                              "a longer one than the others\n"
                              "four                     five                     six\n"
                              "seven\n>");
}

TEST(CommandLine, CompletesNoLineThatIsTooLong) {
    const std::string full(CommandLine::longest_line - 2, ' ');
    Typist typist{{full + "word"}};
    typist.type(full + "wo\t\n");
    EXPECT_EQ(typist.lines, Lines{full + "wo"});
}

TEST(CommandLine, ShowsTheLineAcrossTheEndsOfRows) {
    std::mt19937 random{1};
    for (int round = 0; round < 50; ++round) {
        Typist typist{{"complete"}};
        std::string expected(random() % 300, 'x');
        typist.type(expected + "\n").press(Key::up);
        for (int step = 0; step < 100; ++step) {
            if (random() % 2 == 0) {
                const char each = static_cast<char>('a' + random() % 26);
                typist.type({&each, 1});
                expected += each;
            } else {
                const std::size_t erased = random() % 4;
                typist.type(std::string(erased, '\b'));
                expected.resize(expected.size() - std::min(erased, expected.size()));
            }
        }
        typist.type(".");
        std::string wrapped = "> " + expected + ".";
        for (std::size_t end = 80; end < wrapped.size(); end += 81) {
            wrapped.insert(end, "\n");
        }
        EXPECT_TRUE(typist.shown().ends_with("\n" + wrapped)) << typist.shown();
    }
}

} // namespace
