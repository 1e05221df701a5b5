#include "devices/text_screen.hpp"

#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using kernel::Colors;
using Screen = kernel::TextScreen<RecordedPorts>;

// A screen in ordinary memory, with a row above and below that must not be touched.
class TextScreen : public testing::Test {
protected:
    static constexpr std::uint16_t untouched = 0xDEAD;

    TextScreen() {
        memory_.fill(untouched);
        screen.clear();
    }
    ~TextScreen() override {
        for (std::size_t i = 0; i < Screen::columns; ++i) {
            EXPECT_EQ(memory_[i], untouched) << "written above the screen";
            EXPECT_EQ(memory_[memory_.size() - 1 - i], untouched) << "written below the screen";
        }
    }

    std::uint16_t cell(std::size_t row, std::size_t column) const {
        return memory_[(row + 1) * Screen::columns + column];
    }
    // A row's characters, without the spaces at its end.
    std::string row(std::size_t number) const {
        std::string text;
        for (std::size_t column = 0; column < Screen::columns; ++column) {
            text += static_cast<char>(cell(number, column) & 0xFF);
        }
        return text.substr(0, text.find_last_not_of(' ') + 1);
    }
    // The cell that the cursor was last moved to.
    int cursor() const {
        int high = -1;
        int low = -1;
        for (std::size_t i = 0; i + 1 < log.writes.size(); i += 2) {
            EXPECT_EQ(log.writes[i].first, 0x3D4);
            EXPECT_EQ(log.writes[i + 1].first, 0x3D5);
            (log.writes[i].second == 0x0E ? high : low) = log.writes[i + 1].second;
        }
        return high << 8 | low;
    }

private:
    std::array<std::uint16_t, (Screen::rows + 2) * Screen::columns> memory_;

protected:
    PortLog log;
    Screen screen{memory_.data() + Screen::columns, RecordedPorts{&log}};
};

TEST_F(TextScreen, ClearsToSpacesInItsColours) {
    for (std::size_t number = 0; number < Screen::rows; ++number) {
        EXPECT_EQ(row(number), "");
        EXPECT_EQ(cell(number, 0), 0x0720); // a light grey space on black
    }
    EXPECT_EQ(cursor(), 0);
}

TEST_F(TextScreen, WritesFromTheTopLeft) {
    screen.write("Hello");
    screen.write(", World!\nnext");
    EXPECT_EQ(row(0), "Hello, World!");
    EXPECT_EQ(row(1), "next");
}

TEST_F(TextScreen, MovesTheCursorAfterTheLastCharacter) {
    screen.write("abc\nde");
    EXPECT_EQ(cursor(), 1 * 80 + 2);
}

TEST_F(TextScreen, WrapsLongLines) {
    screen.write(std::string(80, 'a') + "bc");
    EXPECT_EQ(row(0), std::string(80, 'a'));
    EXPECT_EQ(row(1), "bc");
}

TEST_F(TextScreen, LeavesNoEmptyRowAfterAFullOne) {
    screen.write(std::string(80, 'a'));
    EXPECT_EQ(cursor(), 79); // still on the screen
    screen.write("\nb");
    EXPECT_EQ(row(1), "b");
}

TEST_F(TextScreen, ScrollsUpByOneWhenTheLastRowIsFull) {
    for (int line = 0; line < 25; ++line) {
        screen.write("line " + std::to_string(line) + (line < 24 ? "\n" : ""));
    }
    EXPECT_EQ(row(0), "line 0");
    EXPECT_EQ(row(24), "line 24");
    screen.write("\n");
    EXPECT_EQ(row(0), "line 1");
    EXPECT_EQ(row(23), "line 24");
    EXPECT_EQ(row(24), "");
    EXPECT_EQ(cursor(), 24 * 80);
}

TEST_F(TextScreen, ScrollsColoursAlong) {
    screen.set_colors(Colors::white_on_red);
    screen.write("\nx");
    screen.set_colors(Colors::light_gray_on_black);
    screen.write(std::string(24, '\n'));
    EXPECT_EQ(cell(0, 0), 0x4F00 | 'x');
    EXPECT_EQ(cell(24, 0), 0x0720);
}

TEST_F(TextScreen, WritesInTheColoursThatAreSet) {
    screen.write("a");
    screen.set_colors(Colors::white_on_red);
    screen.write("b");
    EXPECT_EQ(cell(0, 0), 0x0700 | 'a');
    EXPECT_EQ(cell(0, 1), 0x4F00 | 'b');
}

TEST_F(TextScreen, ShowsABlockForEveryByteThatIsNotPrintableAscii) {
    for (int byte = 0; byte < 256; ++byte) {
        if (byte == '\n') {
            continue;
        }
        screen.clear();
        screen.write(std::string(1, static_cast<char>(byte)));
        const bool printable = byte >= 0x20 && byte <= 0x7E;
        EXPECT_EQ(cell(0, 0) & 0xFF, printable ? byte : 0xFE) << byte;
    }
    screen.clear();
    screen.write("W\xC3\xB6rld"); // two bytes of UTF-8: two blocks
    EXPECT_EQ(row(0), "W\xFE\xFErld");
}

} // namespace
