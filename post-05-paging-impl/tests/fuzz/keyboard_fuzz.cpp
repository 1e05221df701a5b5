// Bytes as the keyboard's: through the queue, the decoder and two layouts' keyboards into a line,
// and each is held against a model. The first byte of an input says how many are put into the queue
// before any is taken, the second how many are taken then: 0 is 256 of either.
#include "console/line_editor.hpp"
#include "devices/german_layout.hpp"
#include "devices/us_layout.hpp"
#include "keyboard_model.hpp"

#include <algorithm>
#include <span>

namespace {

using namespace kernel;

class LineModel {
public:
    void on(char character) {
        const auto entered = line_.on(character, terminal_);
        require(entered.has_value() == (character == '\n'), "enter ends the line");
        if (entered) {
            require(*entered == text_, "the line is what was typed");
            text_.clear();
        } else if (character == '\b') {
            text_ = text_.substr(0, text_.size() - (text_.empty() ? 0 : 1));
        } else if (is_printable(character) && text_.size() < capacity) {
            text_ += character;
        }
        require(terminal_.shows(text_, text_.size()), "the screen shows the line");
    }

private:
    static constexpr std::size_t capacity = 16;

    static bool is_printable(char character) {
        return static_cast<unsigned char>(character) >= ' ' && character != '\x7F';
    }

    LineEditor<capacity> line_{};
    Terminal terminal_{};
    std::string text_{};
};

class Chain {
public:
    void put(std::uint8_t byte) { queue_.put(byte); }

    void take(std::size_t most) {
        for (; most > 0; --most) {
            const auto byte = queue_.take();
            if (!byte) {
                return;
            }
            const auto event = decoder_.decode(*byte);
            require(event == decoder_model_.decode(*byte), "a sequence is the key that it is");
            if (event) {
                german_.on(*event);
                const auto typed = us_.on(*event);
                last_ = typed ? typed->character : last_;
                if (typed) {
                    line_.on(typed->character);
                }
            }
        }
    }

    // Whatever there was: when the keyboard says that keys were lost, none is held any more.
    void end() {
        take(ScancodeQueue::capacity);
        put(0x00);
        put(0x1E);
        take(2);
        require(last_ == (us_.modifiers().caps_lock ? 'A' : 'a'), "no key sticks");
    }

private:
    QueueModel queue_{};
    ScancodeDecoder decoder_{};
    DecoderModel decoder_model_{};
    KeyboardModel<UsLayout> us_{};
    KeyboardModel<GermanLayout> german_{};
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
