// The key events on their way from the interrupt handler to the code that waits for a key.
#pragma once

#include "cpu/ring_buffer.hpp"
#include "devices/key.hpp"

#include <atomic>
#include <cstddef>
#include <optional>

namespace kernel {

// If the queue is full, events are lost. In their place it holds all_keys_released, because the
// release of a held key may be among them.
class KeyEventQueue {
public:
    // Events. Enough for two seconds of fast typing: 15 keys a second, at most four events each.
    static constexpr std::size_t capacity = 128;

    // For the interrupt handler.
    void put(KeyEvent event) {
        const bool fits = events_.free_slots() > 1;
        if (!fits) {
            ++lost_;
        }
        // The last free slot is for all_keys_released. If no slot is free, push does nothing.
        static_cast<void>(events_.push(fits ? event : all_keys_released));
    }

    // For the code that waits: the oldest event, or nothing if the queue is empty.
    [[nodiscard]] std::optional<KeyEvent> take() { return events_.pop(); }

    // How many events were lost since the start.
    [[nodiscard]] std::size_t lost() const { return lost_; }

private:
    RingBuffer<KeyEvent, capacity> events_;
    std::atomic<std::size_t> lost_ = 0;
};

} // namespace kernel
