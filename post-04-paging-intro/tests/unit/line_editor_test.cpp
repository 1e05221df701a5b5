#include "console/line_editor.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

template <std::size_t Capacity>
struct Typist {
    kernel::LineEditor<Capacity> editor{};
    StringSink echo{};
    std::vector<std::string> lines{};

    void type(std::string_view text) {
        for (const char character : text) {
            if (const auto line = editor.on(character, echo)) {
                lines.emplace_back(*line);
            }
        }
    }
};

using Lines = std::vector<std::string>;

TEST(LineEditor, EchoesWhatIsTypedAndHandsTheLineOverAtEnter) {
    Typist<80> typist;
    typist.type("Hello, World!");
    EXPECT_EQ(typist.echo.text, "Hello, World!");
    EXPECT_EQ(typist.lines, Lines{});
    typist.type("\n");
    EXPECT_EQ(typist.echo.text, "Hello, World!\n");
    EXPECT_EQ(typist.lines, Lines{"Hello, World!"});
}

TEST(LineEditor, BeginsEachLineEmpty) {
    Typist<80> typist;
    typist.type("first\n\nsecond\n");
    EXPECT_EQ(typist.lines, (Lines{"first", "", "second"}));
}

TEST(LineEditor, TakesTheLastCharacterBackFromLineAndScreen) {
    Typist<80> typist;
    typist.type("ab\bc\n");
    EXPECT_EQ(typist.echo.text, "ab\b \bc\n");
    EXPECT_EQ(typist.lines, Lines{"ac"});
}

TEST(LineEditor, DoesNotEraseBeyondTheStartOfTheLine) {
    Typist<80> typist;
    typist.type("\ba\b\b\bb\n\b");
    EXPECT_EQ(typist.echo.text, "a\b \bb\n");
    EXPECT_EQ(typist.lines, Lines{"b"});
}

TEST(LineEditor, TakesAsManyCharactersAsItHasRoomForAndNoMore) {
    Typist<3> typist;
    typist.type("abcdef");
    EXPECT_EQ(typist.echo.text, "abc");
    typist.type("\bx\n");
    EXPECT_EQ(typist.lines, Lines{"abx"});
    EXPECT_EQ(typist.echo.text, "abc\b \bx\n");
}

TEST(LineEditor, IgnoresEveryOtherControlCharacterAndNoneElse) {
    for (int byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        Typist<80> typist;
        typist.type({&character, 1});
        typist.type("\n");
        const bool taken = byte >= 0x20 && byte != 0x7F;
        EXPECT_EQ(typist.lines.front(), taken ? std::string{character} : "") << byte;
        const std::string echo = taken ? std::string{character} : byte == '\n' ? "\n" : "";
        EXPECT_EQ(typist.echo.text, echo + "\n") << byte;
    }
}

TEST(LineEditor, KeepsAFinishedLineUntilTheNextCall) {
    kernel::LineEditor<8> editor;
    StringSink echo;
    editor.on('x', echo);
    const auto line = editor.on('\n', echo);
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(*line, "x");
}

} // namespace
