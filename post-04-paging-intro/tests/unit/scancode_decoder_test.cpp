#include "devices/scancode_decoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace kernel;
using enum Movement;

using Bytes = std::vector<std::uint8_t>;
using Events = std::vector<KeyEvent>;

struct KeyCodes {
    Key key;
    Bytes make;
    Bytes release;
};

// [Microsoft, Keyboard Scan Code Specification], one key after the other.
const std::vector<KeyCodes>& all_keys() {
    static const std::vector<KeyCodes> keys = [] {
        std::vector<KeyCodes> list;
        const auto plain = [&list](Key key, std::uint8_t code) {
            list.push_back({key, {code}, {static_cast<std::uint8_t>(code + 0x80)}});
        };
        const auto extended = [&list](Key key, std::uint8_t code) {
            list.push_back({key, {0xE0, code}, {0xE0, static_cast<std::uint8_t>(code + 0x80)}});
        };
        using enum Key;
        plain(a, 0x1E), plain(b, 0x30), plain(c, 0x2E), plain(d, 0x20), plain(e, 0x12);
        plain(f, 0x21), plain(g, 0x22), plain(h, 0x23), plain(i, 0x17), plain(j, 0x24);
        plain(k, 0x25), plain(l, 0x26), plain(m, 0x32), plain(n, 0x31), plain(o, 0x18);
        plain(p, 0x19), plain(q, 0x10), plain(r, 0x13), plain(s, 0x1F), plain(t, 0x14);
        plain(u, 0x16), plain(v, 0x2F), plain(w, 0x11), plain(x, 0x2D), plain(y, 0x15);
        plain(z, 0x2C);
        plain(digit_0, 0x0B), plain(digit_1, 0x02), plain(digit_2, 0x03), plain(digit_3, 0x04);
        plain(digit_4, 0x05), plain(digit_5, 0x06), plain(digit_6, 0x07), plain(digit_7, 0x08);
        plain(digit_8, 0x09), plain(digit_9, 0x0A);
        plain(grave, 0x29), plain(minus, 0x0C), plain(equals, 0x0D), plain(left_bracket, 0x1A);
        plain(right_bracket, 0x1B), plain(backslash, 0x2B), plain(semicolon, 0x27);
        plain(apostrophe, 0x28), plain(comma, 0x33), plain(period, 0x34), plain(slash, 0x35);
        plain(key_102, 0x56), plain(space, 0x39), plain(enter, 0x1C), plain(tab, 0x0F);
        plain(backspace, 0x0E), plain(escape, 0x01);
        plain(f1, 0x3B), plain(f2, 0x3C), plain(f3, 0x3D), plain(f4, 0x3E), plain(f5, 0x3F);
        plain(f6, 0x40), plain(f7, 0x41), plain(f8, 0x42), plain(f9, 0x43), plain(f10, 0x44);
        plain(f11, 0x57), plain(f12, 0x58);
        plain(left_shift, 0x2A), plain(right_shift, 0x36), plain(left_control, 0x1D);
        plain(left_alt, 0x38), extended(right_control, 0x1D), extended(right_alt, 0x38);
        extended(left_super, 0x5B), extended(right_super, 0x5C), extended(menu, 0x5D);
        plain(caps_lock, 0x3A), plain(num_lock, 0x45), plain(scroll_lock, 0x46);
        extended(up, 0x48), extended(down, 0x50), extended(left, 0x4B), extended(right, 0x4D);
        extended(insert, 0x52), extended(delete_key, 0x53), extended(home, 0x47);
        extended(end, 0x4F), extended(page_up, 0x49), extended(page_down, 0x51);
        plain(keypad_0, 0x52), plain(keypad_1, 0x4F), plain(keypad_2, 0x50);
        plain(keypad_3, 0x51), plain(keypad_4, 0x4B), plain(keypad_5, 0x4C);
        plain(keypad_6, 0x4D), plain(keypad_7, 0x47), plain(keypad_8, 0x48);
        plain(keypad_9, 0x49), plain(keypad_decimal, 0x53), plain(keypad_minus, 0x4A);
        plain(keypad_plus, 0x4E), plain(keypad_multiply, 0x37);
        extended(keypad_divide, 0x35), extended(keypad_enter, 0x1C);
        extended(previous_track, 0x10), extended(next_track, 0x19), extended(play_pause, 0x22);
        extended(stop_track, 0x24), extended(mute, 0x20), extended(volume_down, 0x2E);
        extended(volume_up, 0x30), extended(calculator, 0x21), extended(my_computer, 0x6B);
        extended(mail, 0x6C), extended(media_select, 0x6D), extended(browser_home, 0x32);
        extended(browser_search, 0x65), extended(browser_favorites, 0x66);
        extended(browser_refresh, 0x67), extended(browser_stop, 0x68);
        extended(browser_forward, 0x69), extended(browser_back, 0x6A);
        extended(power, 0x5E), extended(sleep, 0x5F), extended(wake, 0x63);
        list.push_back({print_screen, {0xE0, 0x2A, 0xE0, 0x37}, {0xE0, 0xB7, 0xE0, 0xAA}});
        list.push_back({pause, {0xE1, 0x1D, 0x45}, {0xE1, 0x9D, 0xC5}});
        return list;
    }();
    return keys;
}

Events feed(ScancodeDecoder& decoder, const Bytes& bytes) {
    Events events;
    for (const std::uint8_t byte : bytes) {
        if (const auto event = decoder.decode(byte)) {
            events.push_back(*event);
        }
    }
    return events;
}

Events decoded(const Bytes& bytes) {
    ScancodeDecoder decoder;
    return feed(decoder, bytes);
}

// Every state that any bytes lead to, with the shortest bytes that do.
std::vector<std::pair<ScancodeDecoder, Bytes>> reachable() {
    std::vector<std::pair<ScancodeDecoder, Bytes>> found{{ScancodeDecoder{}, {}}};
    for (std::size_t next = 0; next < found.size(); ++next) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            auto [decoder, bytes] = found[next];
            decoder.decode(static_cast<std::uint8_t>(byte));
            bytes.push_back(static_cast<std::uint8_t>(byte));
            const auto is_it = [&decoder = decoder](const auto& known) {
                return known.first == decoder;
            };
            if (std::none_of(found.begin(), found.end(), is_it)) {
                found.emplace_back(decoder, bytes);
            }
        }
    }
    return found;
}

TEST(ScancodeDecoder, DecodesEveryKeysPressAndRelease) {
    std::set<Key> seen;
    for (const KeyCodes& codes : all_keys()) {
        SCOPED_TRACE(static_cast<int>(codes.key));
        EXPECT_EQ(decoded(codes.make), (Events{{codes.key, pressed}}));
        EXPECT_EQ(decoded(codes.release), (Events{{codes.key, released}}));
        seen.insert(codes.key);
    }
    EXPECT_EQ(seen.size(), key_count);
}

TEST(ScancodeDecoder, ReportsEveryRepeatOfAHeldKey) {
    EXPECT_EQ(
        decoded({0x1E, 0x1E, 0x1E, 0x9E}),
        (Events{{Key::a, pressed}, {Key::a, pressed}, {Key::a, pressed}, {Key::a, released}}));
    EXPECT_EQ(decoded({0xE0, 0x48, 0xE0, 0x48}), (Events{{Key::up, pressed}, {Key::up, pressed}}));
}

TEST(ScancodeDecoder, SwallowsEveryPretendedShift) {
    for (const std::uint8_t shift : Bytes{0x2A, 0x36, 0xAA, 0xB6}) {
        EXPECT_EQ(decoded({0xE0, shift}), Events{});
        EXPECT_EQ(decoded({0xE0, shift, 0xE0, 0x4B, 0xE0, 0xCB}),
                  (Events{{Key::left, pressed}, {Key::left, released}}));
    }
}

TEST(ScancodeDecoder, KnowsPrintScreenAndPauseUnderEveryModifier) {
    EXPECT_EQ(decoded({0xE0, 0x37, 0xE0, 0xB7}), // with shift or control
              (Events{{Key::print_screen, pressed}, {Key::print_screen, released}}));
    EXPECT_EQ(decoded({0x54, 0xD4}), // with alt
              (Events{{Key::print_screen, pressed}, {Key::print_screen, released}}));
    EXPECT_EQ(decoded({0xE0, 0x46, 0xE0, 0xC6}), // with control: Break
              (Events{{Key::pause, pressed}, {Key::pause, released}}));
}

TEST(ScancodeDecoder, GivesPauseOnceForEachHalfOfItsSequence) {
    ScancodeDecoder decoder;
    EXPECT_EQ(feed(decoder, {0xE1, 0x1D}), Events{});
    EXPECT_EQ(feed(decoder, {0x45}), (Events{{Key::pause, pressed}}));
    EXPECT_EQ(feed(decoder, {0xE1, 0x9D}), Events{});
    EXPECT_EQ(feed(decoder, {0xC5}), (Events{{Key::pause, released}}));
    EXPECT_EQ(decoder, ScancodeDecoder{});
}

TEST(ScancodeDecoder, GivesNothingForBytesThatAreNoKeysAndForgetsThem) {
    for (const std::uint8_t byte :
         Bytes{0x00, 0xFF, 0xFA, 0xFE, 0xEE, 0xFC, 0x55, 0x59, 0x7F, 0x80}) {
        for (const auto& [state, bytes] : reachable()) {
            ScancodeDecoder decoder = state;
            EXPECT_EQ(decoder.decode(byte), std::nullopt) << static_cast<int>(byte);
            EXPECT_EQ(decoder, ScancodeDecoder{}) << static_cast<int>(byte);
        }
    }
}

TEST(ScancodeDecoder, TakesASelfTestsAnswerForTheReleaseOfLeftShift) {
    EXPECT_EQ(decoded({0xAA}), (Events{{Key::left_shift, released}}));
}

TEST(ScancodeDecoder, DecodesAPlainKeyBehindAnOrphanedPrefix) {
    EXPECT_EQ(decoded({0xE0, 0x1E}), (Events{{Key::a, pressed}}));
    EXPECT_EQ(decoded({0xE0, 0x9E}), (Events{{Key::a, released}}));
    EXPECT_EQ(decoded({0xE1, 0x1E}), (Events{{Key::a, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0x1D, 0x1E}), (Events{{Key::a, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0x9D, 0x45}), (Events{{Key::num_lock, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0x1D, 0xC5}), (Events{{Key::num_lock, released}}));
}

TEST(ScancodeDecoder, BeginsAnewAtEveryPrefix) {
    EXPECT_EQ(decoded({0xE0, 0xE0, 0x48}), (Events{{Key::up, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0x1D, 0xE0, 0x48}), (Events{{Key::up, pressed}}));
    EXPECT_EQ(decoded({0xE0, 0xE1, 0x1D, 0x45}), (Events{{Key::pause, pressed}}));
}

// The sequence within which the bytes broke off; empty if they did not.
Bytes begun_by(const Bytes& bytes) {
    for (const Bytes& begun : {Bytes{0xE0}, Bytes{0xE1}, Bytes{0xE1, 0x1D}, Bytes{0xE1, 0x9D}}) {
        if (bytes.size() >= begun.size() &&
            std::equal(begun.rbegin(), begun.rend(), bytes.rbegin())) {
            return begun;
        }
    }
    return {};
}

// A plain code may happen to continue the sequence: these and no others.
bool continues(const Bytes& begun, std::uint8_t code) {
    const Bytes both{0x10, 0x19, 0x1C, 0x1D, 0x20, 0x21, 0x22, 0x24, 0x2A,
                     0x2E, 0x30, 0x32, 0x35, 0x36, 0x37, 0x38, 0x46, 0x47,
                     0x48, 0x49, 0x4B, 0x4D, 0x4F, 0x50, 0x51, 0x52, 0x53};
    return (begun == Bytes{0xE0} && std::find(both.begin(), both.end(), code) != both.end()) ||
           (begun == Bytes{0xE1} && code == 0x1D) || (begun == Bytes{0xE1, 0x1D} && code == 0x45);
}

// After `before`, which led to `state`: the key comes out right, unless it continues what broke
// off; and typed again it comes out right in any case.
void expect_recovery(const ScancodeDecoder& state, const Bytes& before) {
    const Bytes begun = begun_by(before);
    for (const KeyCodes& codes : all_keys()) {
        ScancodeDecoder decoder = state;
        const Events first = feed(decoder, codes.make);
        const Events right{{codes.key, pressed}};
        ASSERT_EQ(first != right, continues(begun, codes.make.front()))
            << testing::PrintToString(before) << ", then key " << static_cast<int>(codes.key);
        ASSERT_EQ(feed(decoder, codes.make), right)
            << testing::PrintToString(before) << ", then key " << static_cast<int>(codes.key);
    }
}

TEST(ScancodeDecoder, RecoversFromEveryStateThatBytesCanLeadTo) {
    const auto states = reachable();
    EXPECT_EQ(states.size(), 5u);
    for (const auto& [state, bytes] : states) {
        expect_recovery(state, bytes);
    }
}

TEST(ScancodeDecoder, RemembersOfAnyPairOfBytesNothingButTheSequenceTheyBegan) {
    for (unsigned pair = 0; pair < 0x1'0000; ++pair) {
        const Bytes bytes{static_cast<std::uint8_t>(pair >> 8), static_cast<std::uint8_t>(pair)};
        ScancodeDecoder decoder;
        feed(decoder, bytes);
        ScancodeDecoder expected;
        feed(expected, begun_by(bytes));
        ASSERT_EQ(decoder, expected) << testing::PrintToString(bytes);
    }
}

TEST(ScancodeDecoder, RecoversFromRandomBytes) {
    std::mt19937 random{3};
    const Bytes frequent{0xE0, 0xE1, 0x1D, 0x9D, 0x45, 0xC5, 0x2A, 0x37};
    for (int round = 0; round < 500; ++round) {
        Bytes bytes(random() % 12);
        for (std::uint8_t& byte : bytes) {
            const auto any = static_cast<std::uint8_t>(random());
            byte = random() % 2 == 0 ? any : frequent[random() % frequent.size()];
        }
        ScancodeDecoder decoder;
        feed(decoder, bytes);
        expect_recovery(decoder, bytes);
    }
}

// The decoder is usable while compiling.
static_assert(ScancodeDecoder{}.decode(0x9E) == KeyEvent{Key::a, Movement::released});

} // namespace
