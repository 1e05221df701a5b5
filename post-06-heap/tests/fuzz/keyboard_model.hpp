// What the keyboard's bytes must come to, worked out in another way than the kernel does it: with
// sets and maps, and from a list of keys of its own.
#pragma once

#include "../unit/key_codes.hpp"
#include "devices/key_event_queue.hpp"
#include "devices/keyboard.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <set>

inline void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

// Collects the bytes of a sequence and looks them up in a list of all sequences. A code that is not
// in the list gives no event here; the kernel's decoder gives one for a key without a name.
class DecoderModel {
public:
    std::optional<kernel::KeyEvent> decode(std::uint8_t byte) {
        using enum kernel::Movement;
        if (byte == 0x00 || byte == 0xFF || byte == 0xFC) {
            begun_.clear();
            return kernel::all_keys_released;
        }
        if (byte == 0xE0 || byte == 0xE1) {
            begun_ = {byte};
            return std::nullopt;
        }
        begun_.push_back(byte);
        if (begun_.front() == 0xE1 && begun_.size() < 3) {
            return std::nullopt;
        }
        const Bytes bytes = std::exchange(begun_, {});
        if (bytes.front() == 0xE1) {
            return kernel::KeyEvent{kernel::Key::pause, byte < 0x80 ? pressed : released};
        }
        static const std::map<Bytes, kernel::KeyEvent> events = all_events();
        const auto found = events.find(bytes);
        return found == events.end() ? std::nullopt : std::optional{found->second};
    }

    static bool has_name(kernel::Key key) {
        return std::ranges::find(all_keys(), key, &KeyCodes::key) != all_keys().end();
    }

private:
    static std::map<Bytes, kernel::KeyEvent> all_events() {
        using enum kernel::Movement;
        using kernel::Key;
        std::map<Bytes, kernel::KeyEvent> events{
            {{0xE0, 0x37}, {Key::print_screen, pressed}},
            {{0xE0, 0xB7}, {Key::print_screen, released}},
            {{0xE0, 0x46}, {Key::pause, pressed}},
            {{0xE0, 0xC6}, {Key::pause, released}},
        };
        for (const KeyCodes& codes : all_keys()) {
            events.insert({codes.make, {codes.key, pressed}});
            events.insert({codes.release, {codes.key, released}});
        }
        return events;
    }

    Bytes begun_{};
};

// A queue whose losses are known from the kernel's own count.
class QueueModel {
public:
    void put(kernel::KeyEvent event) {
        const std::size_t lost_before = queue_.lost();
        queue_.put(event);
        if (queue_.lost() == lost_before) {
            expected_.push_back(event);
        } else if (expected_.empty() || expected_.back() != std::nullopt) {
            expected_.push_back(std::nullopt);
        }
        require(expected_.size() <= 2 * kernel::KeyEventQueue::capacity, "not more than it holds");
    }

    // A gap may be marked more than once.
    std::optional<kernel::KeyEvent> take() {
        const auto event = queue_.take();
        if (!event) {
            require(expected_.empty(), "it keeps nothing back");
        } else if (!expected_.empty() &&
                   expected_.front().value_or(kernel::all_keys_released) == *event) {
            expected_.pop_front();
        } else {
            require(event == kernel::all_keys_released && last_ == event,
                    "it hands over what was put in, in order");
        }
        last_ = event ? event : last_;
        return event;
    }

private:
    kernel::KeyEventQueue queue_{};
    std::deque<std::optional<kernel::KeyEvent>> expected_{}; // nothing stands for a gap
    std::optional<kernel::KeyEvent> last_{};                 // that was taken
};

class KeyboardModel {
public:
    explicit KeyboardModel(const kernel::KeyboardLayout& layout)
        : keyboard_{layout}, has_alt_gr_{!layout.alt_gr.empty()} {}

    // What the kernel's keyboard types, checked.
    std::optional<kernel::TypedKey> handle(kernel::KeyEvent event) {
        remember(event);
        const auto typed = keyboard_.handle(event);
        require(typed.has_value() == (event.movement == kernel::Movement::pressed),
                "presses type, and nothing else does");
        if (typed) {
            check(event.key, *typed);
        }
        return typed;
    }

    bool caps_lock() const { return caps_lock_; }

private:
    bool holds(kernel::Key key) const { return held_.contains(key); }

    void remember(kernel::KeyEvent event) {
        using enum kernel::Movement;
        using kernel::Key;
        const bool held = holds(event.key);
        const bool plugged_in = event == kernel::KeyEvent{Key::left_shift, released} && !held;
        if (event.movement == all_released || plugged_in) {
            held_.clear();
        } else if (event.movement == released) {
            held_.erase(event.key);
        } else {
            held_.insert(event.key);
            caps_lock_ ^= event.key == Key::caps_lock && !held;
            num_lock_ ^= event.key == Key::num_lock && !held;
        }
    }

    // Checks of the letters what all layouts have in common, and of the key pad what num lock does.
    void check(kernel::Key key, const kernel::TypedKey& typed) const {
        using kernel::Key;
        const bool shift = holds(Key::left_shift) || holds(Key::right_shift);
        const bool control = holds(Key::left_control) || holds(Key::right_control);
        const bool alt_gr = holds(Key::right_alt) && has_alt_gr_;
        const bool alt = holds(Key::left_alt) || (holds(Key::right_alt) && !has_alt_gr_);
        const bool super = holds(Key::left_super) || holds(Key::right_super);
        const auto letter = std::ranges::find(letter_keys, key) - letter_keys.begin();
        if (!DecoderModel::has_name(key)) {
            require(typed.character == '\0', "a key without a name types nothing");
        } else if (alt || super) {
            require(typed.character == '\0', "alt and super type no text");
        } else if (letter < 24 && !alt_gr) { // y and z change places
            const char first = control ? '\1' : shift != caps_lock_ ? 'A' : 'a';
            require(typed.character == static_cast<char>(first + letter), "a letter is a letter");
        }
        const auto second = second_labels.find(key);
        const bool is_second = second != second_labels.end() && num_lock_ == shift;
        require(key == Key::keypad_5 || typed.key == (is_second ? second->second : key),
                "a key of the key pad is its second label without num lock, any other what it is");
    }

    static inline const std::map<kernel::Key, kernel::Key> second_labels{
        {kernel::Key::keypad_7, kernel::Key::home},
        {kernel::Key::keypad_8, kernel::Key::up},
        {kernel::Key::keypad_9, kernel::Key::page_up},
        {kernel::Key::keypad_4, kernel::Key::left},
        {kernel::Key::keypad_6, kernel::Key::right},
        {kernel::Key::keypad_1, kernel::Key::end},
        {kernel::Key::keypad_2, kernel::Key::down},
        {kernel::Key::keypad_3, kernel::Key::page_down},
        {kernel::Key::keypad_0, kernel::Key::insert},
        {kernel::Key::keypad_decimal, kernel::Key::delete_key}};

    kernel::Keyboard keyboard_;
    bool has_alt_gr_;
    std::set<kernel::Key> held_{};
    bool caps_lock_ = false;
    bool num_lock_ = false;
};
