// Bytes from a keyboard: through the decoder and the queue to the keyboards of two layouts, and
// from one of them to the command line. Each of these is checked against a model. The first byte of
// an input says how many bytes are decoded before any event is taken from the queue, the second how
// many events are taken then: 0 stands for 256.
#include "devices/german_layout.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "keyboard_model.hpp"
#include "shell/command_line.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <span>

namespace {

using namespace kernel;

// The words that Tab knows.
Words vocabulary(std::string_view before) {
    return before.empty() ? Words{"fault", "heap", "help"} : Words{"int3"};
}

class LineModel {
public:
    LineModel() { line_.begin(terminal_); }

    void on(const TypedKey& typed) {
        const auto entered = line_.on(typed, terminal_);
        const bool ends = typed.character == '\n' || typed.character == control_c;
        require(entered.has_value() == ends, "enter ends the line, and control and c");
        if (entered) {
            const std::string expected = typed.character == '\n' ? before_ + behind_ : "";
            require(*entered == expected, "the line is what was typed");
            remember(expected);
            before_.clear();
            behind_.clear();
            line_.begin(terminal_);
        } else if (typed.character == '\0') {
            on_key(typed.key);
        } else {
            on_character(typed.character);
        }
        require(line_.history().lines() == lines_, "the history has the lines");
        require(terminal_.shows("> " + before_ + behind_, 2 + before_.size()),
                "the screen shows the line");
    }

private:
    static constexpr char control_c = 3;
    static constexpr char control_u = 21;

    void on_character(char character) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '\b') {
            before_ = before_.substr(0, before_.size() - (before_.empty() ? 0 : 1));
        } else if (character == control_u) {
            before_.clear();
            behind_.clear();
        } else if (character == '\t') {
            complete();
        } else if (byte >= ' ' && byte != 0x7F) {
            insert({&character, 1});
        }
    }

    void on_key(Key key) {
        switch (key) {
        case Key::left:
            return split(before_.size() - (before_.empty() ? 0 : 1));
        case Key::right:
            return split(before_.size() + (behind_.empty() ? 0 : 1));
        case Key::home:
            return split(0);
        case Key::end:
            return split(before_.size() + behind_.size());
        case Key::delete_key:
            behind_ = behind_.substr(behind_.empty() ? 0 : 1);
            return;
        case Key::up:
            return up();
        case Key::down:
            return down();
        default:
            return;
        }
    }

    void split(std::size_t cursor) {
        const std::string line = before_ + behind_;
        before_ = line.substr(0, cursor);
        behind_ = line.substr(cursor);
    }

    void insert(std::string_view text) {
        if (before_.size() + behind_.size() + text.size() <= CommandLine::longest) {
            before_ += text;
        }
    }

    void complete() {
        const std::size_t start = before_.find_last_of(' ') + 1;
        const std::string word = before_.substr(start);
        Words fitting;
        for (const std::string& each : vocabulary(before_.substr(0, start))) {
            if (each.substr(0, word.size()) == word) {
                fitting.push_back(each);
            }
        }
        if (fitting.size() == 1) {
            insert(fitting.front().substr(word.size()) + " ");
        } else if (fitting.size() == 2) { // heap, help
            insert(std::string_view{"he"}.substr(std::min<std::size_t>(word.size(), 2)));
        }
    }

    void remember(const std::string& line) {
        const bool blank = line.find_first_not_of(' ') == std::string::npos;
        if (!blank && (lines_.empty() || lines_.back() != line)) {
            lines_.push_back(line);
        }
        if (lines_.size() > History::most) {
            lines_.erase(lines_.begin());
        }
        steps_up_ = 0;
    }

    void up() {
        if (steps_up_ < lines_.size()) {
            typed_ = steps_up_ == 0 ? before_ + behind_ : typed_;
            ++steps_up_;
            show_recalled();
        }
    }

    void down() {
        if (steps_up_ > 0) {
            --steps_up_;
            show_recalled();
        }
    }

    void show_recalled() {
        before_ = steps_up_ == 0 ? typed_ : lines_[lines_.size() - steps_up_];
        behind_.clear();
    }

    CommandLine line_{"> ", vocabulary};
    Terminal terminal_{};
    std::string before_{}; // the cursor
    std::string behind_{};
    Words lines_{};
    std::size_t steps_up_ = 0; // into them
    std::string typed_{};
};

class Chain {
public:
    void put(std::uint8_t byte) {
        const auto event = decoder_.decode(byte);
        const auto expected = decoder_model_.decode(byte);
        const bool has_name =
            event == all_keys_released || (event && DecoderModel::has_name(event->key));
        require((has_name ? event : std::nullopt) == expected, "a sequence is the key that it is");
        if (event) {
            queue_.put(*event);
        }
    }

    void take(std::size_t most) {
        for (; most > 0; --most) {
            const auto event = queue_.take();
            if (!event) {
                return;
            }
            german_.on(*event);
            const auto typed = us_.on(*event);
            last_ = typed ? typed->character : last_;
            if (typed) {
                line_.on(*typed);
            }
        }
    }

    // Whatever came before: when the keyboard says that keys were lost, none is held any more.
    void end() {
        take(KeyEventQueue::capacity);
        put(0x00);
        put(0x1E);
        take(2);
        require(last_ == (us_.caps_lock() ? 'A' : 'a'), "no key sticks");
    }

private:
    ScancodeDecoder decoder_{};
    DecoderModel decoder_model_{};
    QueueModel queue_{};
    KeyboardModel us_{us_layout};
    KeyboardModel german_{german_layout};
    LineModel line_{};
    char last_ = '\0';
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::size_t puts = data[0] == 0 ? 256 : data[0];
    const std::size_t takes = data[1] == 0 ? 256 : data[1];
    Chain chain;
    for (std::span rest{data + 2, size - 2}; !rest.empty();) {
        const auto some = rest.first(std::min(puts, rest.size()));
        std::ranges::for_each(some, [&chain](std::uint8_t byte) { chain.put(byte); });
        chain.take(takes);
        rest = rest.subspan(some.size());
    }
    chain.end();
    return 0;
}
