// The keyboard's bytes on their way from the interrupt handler, which puts them in, to the decoder.
//
// When bytes are lost because nobody takes any, the queue says so in their place, so that no key
// sticks whose release was among them. It does as the keyboard's own buffer does: the overrun code
// takes the last place, and a sequence of several bytes that does not fit is lost as a whole.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and 102-Key)", "Keyboard
// Buffer"]
#pragma once

#include "cpu/ring_buffer.hpp"
#include "devices/scancode_decoder.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kernel {

class ScancodeQueue {
public:
    // Room for a second of fast typing: 15 keys, seldom more than 8 bytes each.
    static constexpr std::size_t capacity = 128;

    // The handler's.
    void put(std::uint8_t byte) {
        const bool begins_sequence = sequence_ == ScancodeDecoder{};
        static_cast<void>(sequence_.decode(byte));
        if (begins_sequence) {
            losing_ = false;
        }
        // Behind a lost prefix its rest is lost too: alone it would be another key.
        losing_ = losing_ || bytes_.free() < 2;
        if (losing_) {
            bytes_.drop(overrun);
        } else {
            static_cast<void>(bytes_.push(byte)); // there is room
        }
    }

    // The decoder's. Nothing if nothing has come.
    [[nodiscard]] std::optional<std::uint8_t> take() { return bytes_.pop(); }

    // Anybody's: how many bytes were lost since the start.
    [[nodiscard]] std::size_t dropped() const { return bytes_.dropped(); }

private:
    static constexpr std::uint8_t overrun = 0xFF;

    RingBuffer<std::uint8_t, capacity> bytes_;
    ScancodeDecoder sequence_; // of what was put in, lost or not
    bool losing_ = false;      // the sequence that is coming in
};

} // namespace kernel
