// Bytes from a keyboard: through the decoder and the queue to the keyboards of two layouts. Each of
// them is checked against a model. The first byte of an input says how many bytes are decoded
// before any event is taken from the queue, the second how many events are taken then: 0 stands for
// 256.
#include "devices/german_layout.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "keyboard_model.hpp"

#include <algorithm>
#include <span>

namespace {

using namespace kernel;

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
