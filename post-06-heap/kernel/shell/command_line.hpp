// The line in which commands are typed: keys come in, a finished line goes out, and the screen
// shows it all the time.
//
//     left, right, home, end     move the cursor           Tab      completes the word before it
//     backspace, delete          erase a character         Ctrl-U   erases the line
//     up, down                   go through the history    Ctrl-C   gives it up
//
// The screen's only way back is '\b', one cell to the left, also from a row's first cell to the
// last one of the row above. So the cursor goes left by '\b', and right by writing again what
// stands there.
#pragma once

#include "devices/keyboard.hpp"
#include "shell/completion.hpp"
#include "shell/history.hpp"

#include <functional>
#include <optional>
#include <utility>

namespace kernel {

// The words that may follow on `before`, the beginning of a line.
using Vocabulary = std::function<Words(std::string_view before)>;

class CommandLine {
public:
    static constexpr std::size_t longest = 500; // characters: beyond its first row '\b' ends

    CommandLine(std::string_view prompt, Vocabulary vocabulary)
        : prompt_{prompt}, vocabulary_{std::move(vocabulary)} {}

    // To be called before the first key, and again after each line.
    template <TextSink Sink>
    void begin(Sink& echo) const {
        echo.write(prompt_);
    }

    // The finished line if this key ends one: an empty one for Ctrl-C. A full line takes nothing
    // more; keys and control characters that are not named above are ignored.
    template <TextSink Sink>
    std::optional<std::string> on(const TypedKey& typed, Sink& echo) {
        switch (typed.character) {
        case '\n':
            return finish(echo);
        case control_c:
            return give_up(echo);
        case control_u:
            replace(0, line_.size(), "", echo);
            break;
        case '\t':
            complete(echo);
            break;
        case '\b':
            erase_in_front(echo);
            break;
        case '\0':
            on_key(typed.key, echo);
            break;
        default:
            if (is_printable(typed.character)) {
                insert({&typed.character, 1}, echo);
            }
        }
        return std::nullopt;
    }

    const History& history() const { return history_; }

private:
    // [ECMA-48, "Elements of the C0 set"]
    static constexpr char control_c = 0x03;
    static constexpr char control_u = 0x15;

    // Above ASCII are the layouts' other letters: everything but control characters.
    static constexpr bool is_printable(char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte >= 0x20 && byte != 0x7F;
    }

    template <TextSink Sink>
    void on_key(Key key, Sink& echo) {
        switch (key) {
        case Key::left:
            return move_to(cursor_ - (cursor_ > 0 ? 1 : 0), echo);
        case Key::right:
            return move_to(cursor_ + (cursor_ < line_.size() ? 1 : 0), echo);
        case Key::home:
            return move_to(0, echo);
        case Key::end:
            return move_to(line_.size(), echo);
        case Key::delete_key:
            return replace(cursor_, cursor_ < line_.size() ? 1 : 0, "", echo);
        case Key::up:
            return recall(history_.up(line_), echo);
        case Key::down:
            return recall(history_.down(), echo);
        default:
            return;
        }
    }

    template <TextSink Sink>
    std::string finish(Sink& echo) {
        move_to(line_.size(), echo);
        echo.write("\n");
        history_.add(line_);
        cursor_ = 0;
        return std::exchange(line_, {});
    }

    template <TextSink Sink>
    std::string give_up(Sink& echo) {
        move_to(line_.size(), echo);
        echo.write("^C");
        line_.clear();
        cursor_ = 0;
        return finish(echo);
    }

    template <TextSink Sink>
    void erase_in_front(Sink& echo) {
        if (cursor_ > 0) {
            replace(cursor_ - 1, 1, "", echo);
        }
    }

    template <TextSink Sink>
    void insert(std::string_view text, Sink& echo) {
        if (line_.size() + text.size() <= longest) {
            replace(cursor_, 0, text, echo);
        }
    }

    template <TextSink Sink>
    void recall(const std::string* line, Sink& echo) {
        if (line != nullptr) {
            replace(0, line_.size(), *line, echo);
        }
    }

    // A word that is the only one is completed with the blank behind it.
    template <TextSink Sink>
    void complete(Sink& echo) {
        const auto before = std::string_view{line_}.substr(0, cursor_);
        const std::size_t start = before.rfind(' ') + 1; // without a blank, npos + 1 is 0
        const auto word = before.substr(start);
        const Words words = words_that_begin_with(word, vocabulary_(before.substr(0, start)));
        if (words.empty()) {
            return;
        }
        const std::string more =
            common_beginning(words).substr(word.size()) + (words.size() == 1 ? " " : "");
        if (more.empty()) {
            list(words, echo);
        } else {
            insert(more, echo);
        }
    }

    // Below the line, which then stands there once more.
    template <TextSink Sink>
    void list(const Words& words, Sink& echo) {
        const std::size_t cursor = cursor_;
        move_to(line_.size(), echo);
        echo.write("\n");
        print_in_columns(echo, words);
        begin(echo);
        echo.write(line_);
        move_to(cursor, echo);
    }

    template <TextSink Sink>
    void move_to(std::size_t cursor, Sink& echo) {
        if (cursor < cursor_) {
            write_repeated(echo, '\b', cursor_ - cursor);
        } else {
            echo.write(std::string_view{line_}.substr(cursor_, cursor - cursor_));
        }
        cursor_ = cursor;
    }

    // Puts `text` in the place of `count` characters from `first` on, and the cursor behind it.
    // Where the line was longer before, blanks are what erases.
    template <TextSink Sink>
    void replace(std::size_t first, std::size_t count, std::string_view text, Sink& echo) {
        move_to(first, echo);
        const std::size_t shown = line_.size();
        line_.replace(first, count, text);
        echo.write(std::string_view{line_}.substr(first));
        const std::size_t blanks = shown > line_.size() ? shown - line_.size() : 0;
        write_repeated(echo, ' ', blanks);
        write_repeated(echo, '\b', blanks);
        cursor_ = line_.size();
        move_to(first + text.size(), echo);
    }

    std::string_view prompt_;
    Vocabulary vocabulary_;
    History history_;
    std::string line_;
    std::size_t cursor_ = 0; // in front of this character; the line's size at its end
};

} // namespace kernel
