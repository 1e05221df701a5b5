// What the keyboard's bytes must come to, worked out in another way than the kernel does it: with
// sets and maps, from a list of keys of its own.
#pragma once

#include "../unit/key_codes.hpp"
#include "devices/keyboard.hpp"
#include "devices/scancode_queue.hpp"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

inline void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

// Looks what has come so far of a sequence up in a list of all sequences.
class DecoderModel {
public:
    std::optional<kernel::KeyEvent> decode(std::uint8_t byte) {
        static const std::map<Bytes, kernel::KeyEvent> events = all_events();
        if (byte == 0x00 || byte == 0xFF || byte == 0xFC) {
            begun_.clear();
            return kernel::all_keys_released;
        }
        if (byte == 0xE0 || byte == 0xE1) {
            begun_.clear();
        }
        begun_.push_back(byte);
        if (const auto found = events.find(begun_); found != events.end()) {
            begun_.clear();
            return found->second;
        }
        const auto next = events.upper_bound(begun_);
        const bool continues = next != events.end() && next->first.size() > begun_.size() &&
                               std::equal(begun_.begin(), begun_.end(), next->first.begin());
        if (!continues) {
            begun_.clear();
        }
        return std::nullopt;
    }

    bool is_within_one() const { return !begun_.empty(); }

private:
    static std::map<Bytes, kernel::KeyEvent> all_events() {
        using enum kernel::Movement;
        using kernel::Key;
        std::map<Bytes, kernel::KeyEvent> events{
            {{0x54}, {Key::print_screen, pressed}},
            {{0xD4}, {Key::print_screen, released}},
            {{0xE0, 0x37}, {Key::print_screen, pressed}},
            {{0xE0, 0xB7}, {Key::print_screen, released}},
            {{0xE0, 0x46}, {Key::pause, pressed}},
            {{0xE0, 0xC6}, {Key::pause, released}},
        };
        for (const KeyCodes& codes : all_keys()) {
            if (codes.key != Key::print_screen) { // four bytes, of which two are pretended
                events.insert({codes.make, {codes.key, pressed}});
                events.insert({codes.release, {codes.key, released}});
            }
        }
        return events;
    }

    Bytes begun_{};
};

// A queue of which a byte that is lost is known by the kernel's own count.
class QueueModel {
public:
    void put(std::uint8_t byte) {
        const std::size_t lost_before = queue_.dropped();
        const bool is_rest_of_lost = last_put_is_lost_ && sequence_.is_within_one();
        queue_.put(byte);
        sequence_.decode(byte);
        last_put_is_lost_ = queue_.dropped() != lost_before;
        require(last_put_is_lost_ || !is_rest_of_lost, "a sequence is lost as a whole");
        if (!last_put_is_lost_) {
            expected_.push_back(byte);
        } else if (expected_.empty() || expected_.back() != gap) {
            expected_.push_back(gap);
        }
        require(expected_.size() <= 2 * kernel::ScancodeQueue::capacity, "not more than it holds");
    }

    // A gap may be marked more than once, and an overrun that the keyboard reports is like a mark.
    std::optional<std::uint8_t> take() {
        const auto byte = queue_.take();
        if (!byte) {
            require(expected_.empty(), "it keeps nothing back");
        } else if (!expected_.empty() && (expected_.front() == *byte || is_mark(*byte))) {
            expected_.pop_front();
        } else {
            require(*byte == overrun && last_ == overrun,
                    "it hands over what was put in, in order");
        }
        last_ = byte.value_or(last_);
        return byte;
    }

private:
    static constexpr int gap = -1;
    static constexpr std::uint8_t overrun = 0xFF;

    bool is_mark(std::uint8_t byte) const { return expected_.front() == gap && byte == overrun; }

    kernel::ScancodeQueue queue_{};
    std::deque<int> expected_{}; // bytes and gaps
    DecoderModel sequence_{};    // of what was put in
    bool last_put_is_lost_ = false;
    std::uint8_t last_ = 0; // that was taken
};

template <kernel::KeyboardLayout Layout>
class KeyboardModel {
public:
    // What the kernel's keyboard types, checked.
    std::optional<kernel::TypedKey> on(kernel::KeyEvent event) {
        remember(event);
        const auto typed = keyboard_.on(event);
        require(typed.has_value() == (event.movement == kernel::Movement::pressed),
                "presses type, and nothing else does");
        require(keyboard_.modifiers() == modifiers(), "the modifiers are those that are held");
        if (typed) {
            require(typed->modifiers == modifiers(), "a key is typed with what is held");
            check(event.key, *typed);
        }
        return typed;
    }

    kernel::Modifiers modifiers() const {
        using kernel::Key;
        return {.shift = held_.contains(Key::left_shift) || held_.contains(Key::right_shift),
                .control = held_.contains(Key::left_control) || held_.contains(Key::right_control),
                .alt = held_.contains(Key::left_alt) ||
                       (held_.contains(Key::right_alt) && !Layout::has_alt_gr),
                .alt_gr = held_.contains(Key::right_alt) && Layout::has_alt_gr,
                .super = held_.contains(Key::left_super) || held_.contains(Key::right_super),
                .caps_lock = caps_lock_,
                .num_lock = num_lock_};
    }

private:
    void remember(kernel::KeyEvent event) {
        using enum kernel::Movement;
        using kernel::Key;
        const bool held = held_.contains(event.key);
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

    // Of the letters, what every layout has in common; of the other keys, that alt types nothing.
    static void check(kernel::Key key, const kernel::TypedKey& typed) {
        const kernel::Modifiers with = typed.modifiers;
        if (with.alt || with.super) {
            require(typed.character == '\0', "alt and super type no text");
        } else if (key <= kernel::Key::x && !with.alt_gr) { // y and z change places
            const char letter = static_cast<char>('a' + static_cast<int>(key));
            const char capital = static_cast<char>(letter - 'a' + 'A');
            const char expected = with.control ? static_cast<char>(letter - 'a' + 1)
                                  : with.shift != with.caps_lock ? capital
                                                                 : letter;
            require(typed.character == expected, "a letter is a letter");
        }
    }

    kernel::Keyboard<Layout> keyboard_{};
    std::set<kernel::Key> held_{};
    bool caps_lock_ = false;
    bool num_lock_ = false;
};

// One row of a terminal that is as wide as it must be.
class Terminal {
public:
    void write(std::string_view text) {
        for (const char character : text) {
            if (character == '\n') {
                row_.clear();
                cursor_ = 0;
            } else if (character == '\b') {
                require(cursor_ > 0, "the cursor does not leave the row");
                --cursor_;
            } else {
                row_.resize(std::max(row_.size(), cursor_ + 1), ' ');
                row_[cursor_++] = character;
            }
        }
    }

    bool shows(std::string_view text, std::size_t cursor) const {
        return cursor == cursor_ && row_.starts_with(text) &&
               row_.find_first_not_of(' ', text.size()) == std::string::npos;
    }

private:
    std::string row_{};
    std::size_t cursor_ = 0;
};
