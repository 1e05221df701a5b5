#include "devices/scancode_decoder.hpp"

#include "key_codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace kernel;
using enum Movement;

using Events = std::vector<KeyEvent>;

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
    for (const std::uint8_t byte : Bytes{0xFA, 0xFE, 0xEE, 0x55, 0x59, 0x7F, 0x80}) {
        for (const auto& [state, bytes] : reachable()) {
            ScancodeDecoder decoder = state;
            EXPECT_EQ(decoder.decode(byte), std::nullopt) << static_cast<int>(byte);
            EXPECT_EQ(decoder, ScancodeDecoder{}) << static_cast<int>(byte);
        }
    }
}

TEST(ScancodeDecoder, ReleasesAllKeysWhenTheKeyboardSaysThatItHasLostSomeOrHasFailed) {
    for (const std::uint8_t byte : Bytes{0x00, 0xFF, 0xFC}) {
        for (const auto& [state, bytes] : reachable()) {
            ScancodeDecoder decoder = state;
            EXPECT_EQ(decoder.decode(byte), all_keys_released) << static_cast<int>(byte);
            EXPECT_EQ(decoder, ScancodeDecoder{}) << static_cast<int>(byte);
        }
    }
}

TEST(ScancodeDecoder, TakesASelfTestsAnswerForTheReleaseOfLeftShift) {
    EXPECT_EQ(decoded({0xAA}), (Events{{Key::left_shift, released}}));
}

// The event that a table of all keys has for these bytes. Alt and print screen, control and pause
// send codes that no key sends alone.
Events listed(const Bytes& bytes) {
    if (bytes == Bytes{0x54} || bytes == Bytes{0xE0, 0x37}) {
        return {{Key::print_screen, pressed}};
    }
    if (bytes == Bytes{0xD4} || bytes == Bytes{0xE0, 0xB7}) {
        return {{Key::print_screen, released}};
    }
    if (bytes == Bytes{0xE0, 0x46} || bytes == Bytes{0xE0, 0xC6}) {
        return {{Key::pause, bytes.back() < 0x80 ? pressed : released}};
    }
    for (const KeyCodes& codes : all_keys()) {
        if (bytes == codes.make || bytes == codes.release) {
            return {{codes.key, bytes == codes.make ? pressed : released}};
        }
    }
    return {};
}

// Laptops have keys that no table of ours lists: for the radio, the lid, the screen's light. Their
// E0 codes must not act as the plain code's key.
TEST(ScancodeDecoder, GivesNoEventForACodeThatNoKeyHas) {
    const std::set<unsigned> losses{0x00, 0xFC, 0xFF};
    for (unsigned code = 0; code < 256; ++code) {
        if (!losses.contains(code)) {
            const auto byte = static_cast<std::uint8_t>(code);
            EXPECT_EQ(decoded({byte}), listed({byte})) << std::hex << code;
            EXPECT_EQ(decoded({0xE0, byte}), listed({0xE0, byte})) << "E0 " << std::hex << code;
        }
    }
    EXPECT_EQ(decoded({0xE0, 0x08, 0xE0, 0x88, 0xE0, 0x45, 0xE0, 0xC5}), Events{});
}

TEST(ScancodeDecoder, GivesNoEventForAPauseThatBreaksOff) {
    for (const Bytes& begun : {Bytes{0xE1}, Bytes{0xE1, 0x1D}, Bytes{0xE1, 0x9D}}) {
        for (const std::uint8_t byte : Bytes{0x1E, 0x9E, 0x45, 0xC5, 0x1D, 0x9D, 0x2A}) {
            Bytes bytes = begun;
            bytes.push_back(byte);
            const bool completes =
                bytes == Bytes{0xE1, 0x1D, 0x45} || bytes == Bytes{0xE1, 0x9D, 0xC5};
            EXPECT_EQ(decoded(bytes).size(), completes ? 1u : 0u) << testing::PrintToString(bytes);
        }
    }
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

// After `before`, which led to `state`: the key comes out right, unless the bytes broke off within
// a sequence that its code seems to continue; and typed again it comes out right in any case.
void expect_recovery(const ScancodeDecoder& state, const Bytes& before) {
    const bool broke_off = !begun_by(before).empty();
    for (const KeyCodes& codes : all_keys()) {
        ScancodeDecoder decoder = state;
        const Events first = feed(decoder, codes.make);
        const Events right{{codes.key, pressed}};
        const bool has_prefix = codes.make.front() == 0xE0 || codes.make.front() == 0xE1;
        ASSERT_EQ(first == right, has_prefix || !broke_off)
            << testing::PrintToString(before) << ", then key " << static_cast<int>(codes.key);
        feed(decoder, codes.release);
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
