// Judges the exercise erase-line.

#include "shell/command_line.hpp"

#include "devices/text_screen.hpp"
#include "recorded_ports.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using namespace kernel;

constexpr char control_u = 0x15;

class Typist {
public:
    Typist()
        : line_{"> ", Lines{}, history, [this](std::string_view text) { screen_.write(text); }} {
        screen_.clear();
        line_.begin();
    }

    void press(const TypedKey& typed) {
        if (auto entered = line_.handle(typed)) {
            lines.push_back(std::move(*entered));
            line_.begin();
        }
    }
    void type(std::string_view text) {
        for (const char each : text) {
            press({each, Key::a});
        }
    }

    // The first rows of the screen, without the blanks at their ends.
    std::string shown(std::size_t rows) const {
        std::string text;
        for (std::size_t cell = 0; cell < rows * 80; ++cell) {
            text += static_cast<char>(cells_[cell] & 0xFF);
        }
        return text.substr(0, text.find_last_not_of(' ') + 1);
    }

    Lines lines{};
    Lines history{};

private:
    std::array<std::uint16_t, std::size_t{25} * 80> cells_{};
    PortLog log_{};
    TextScreen<RecordedPorts> screen_{cells_.data(), RecordedPorts{&log_}};
    CommandLine line_;
};

TEST(EraseLine, ErasesWhatWasTyped) {
    Typist typist;
    typist.type("hello, world");
    typist.press({control_u, Key::u});
    EXPECT_EQ(typist.shown(1), ">");
    EXPECT_EQ(typist.lines, Lines{});
    typist.type("ok\n");
    EXPECT_EQ(typist.lines, Lines{"ok"});
    EXPECT_EQ(typist.history, Lines{"ok"});
}

TEST(EraseLine, ErasesALineOfSeveralRows) {
    Typist typist;
    typist.type(std::string(300, 'x'));
    typist.press({control_u, Key::u});
    EXPECT_EQ(typist.shown(6), ">");
    typist.type("short\n");
    EXPECT_EQ(typist.lines, Lines{"short"});
}

TEST(EraseLine, DoesNothingToAnEmptyLine) {
    Typist typist;
    typist.press({control_u, Key::u});
    EXPECT_EQ(typist.shown(1), ">");
    typist.type("\n");
    EXPECT_EQ(typist.lines, Lines{""});
}

TEST(EraseLine, LeavesTheHistoryAsItIs) {
    Typist typist;
    typist.type("one\n");
    typist.press({'\0', Key::up});
    typist.press({control_u, Key::u});
    typist.type("two\n");
    EXPECT_EQ(typist.history, (Lines{"one", "two"}));
}

} // namespace
