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

class LineModel {
public:
    LineModel() { line_.begin(); }

    void handle(const TypedKey& typed) {
        const auto entered = line_.handle(typed);
        const bool ends = typed.character == '\n' || typed.character == control_c;
        require(entered.has_value() == ends, "Enter ends the line, and so does Ctrl-C");
        if (entered) {
            const std::string expected = typed.character == '\n' ? shown_ : "";
            require(*entered == expected, "the line is what was typed");
            remember(expected);
            shown_.clear();
            line_.begin();
        } else if (typed.character == '\0') {
            on_key(typed.key);
        } else {
            on_character(typed.character);
        }
        require(history_ == lines_, "the history has the lines");
        require(terminal_.shows("> " + shown_, 2 + shown_.size()), "the screen shows the line");
    }

private:
    static constexpr char control_c = 3;

    void on_character(char character) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '\b') {
            shown_ = shown_.substr(0, shown_.size() - (shown_.empty() ? 0 : 1));
        } else if (character == '\t') {
            complete();
        } else if (byte >= ' ' && byte != 0x7F && shown_.size() < CommandLine::longest_line) {
            shown_ += character;
        }
    }

    void on_key(Key key) {
        if (key == Key::up && steps_up_ < lines_.size()) {
            typed_ = steps_up_ == 0 ? shown_ : typed_;
            ++steps_up_;
            shown_ = lines_[lines_.size() - steps_up_];
        } else if (key == Key::down && steps_up_ > 0) {
            --steps_up_;
            shown_ = steps_up_ == 0 ? typed_ : lines_[lines_.size() - steps_up_];
        }
    }

    // What a beginning is completed to, for "fault ", "heap" and "help".
    void complete() {
        const std::string_view shown = shown_;
        if (std::string_view{"fault "}.starts_with(shown) && !shown.empty()) {
            shown_ = "fault ";
        } else if (std::string_view{"heap"}.starts_with(shown) && shown.size() > 2) {
            shown_ = "heap";
        } else if (std::string_view{"help"}.starts_with(shown) && shown.size() > 2) {
            shown_ = "help";
        } else if (shown == "h") {
            shown_ = "he";
        }
    }

    void remember(const std::string& line) {
        const bool blank = line.find_first_not_of(' ') == std::string::npos;
        if (!blank && (lines_.empty() || lines_.back() != line)) {
            lines_.push_back(line);
        }
        if (lines_.size() > CommandLine::longest_history) {
            lines_.erase(lines_.begin());
        }
        steps_up_ = 0;
    }

    Terminal terminal_{};
    Lines history_{};
    CommandLine line_{"> ", Lines{"fault ", "heap", "help"}, history_,
                      [this](std::string_view text) { terminal_.write(text); }};
    std::string shown_{}; // after the prompt
    Lines lines_{};
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
            german_.handle(*event);
            const auto typed = us_.handle(*event);
            last_ = typed ? typed->character : last_;
            if (typed) {
                line_.handle(*typed);
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
