#include "devices/scancode_decoder.hpp"

#include "key_codes.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <set>

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

bool has_name(Key key) {
    for (const KeyCodes& codes : all_keys()) {
        if (codes.key == key) {
            return true;
        }
    }
    return false;
}

Events named(Events events) {
    std::erase_if(events, [](const KeyEvent& event) { return !has_name(event.key); });
    return events;
}

TEST(ScancodeDecoder, DecodesEveryKeysPressAndRelease) {
    std::set<Key> seen;
    for (const KeyCodes& codes : all_keys()) {
        SCOPED_TRACE(static_cast<int>(codes.key));
        EXPECT_EQ(named(decoded(codes.make)), (Events{{codes.key, pressed}}));
        EXPECT_EQ(named(decoded(codes.release)), (Events{{codes.key, released}}));
        seen.insert(codes.key);
    }
    EXPECT_EQ(seen.size(), 105u); // a US keyboard's 104, and key_102
}

TEST(ScancodeDecoder, ReportsEveryRepetitionOfAHeldKey) {
    EXPECT_EQ(
        decoded({0x1E, 0x1E, 0x1E, 0x9E}),
        (Events{{Key::a, pressed}, {Key::a, pressed}, {Key::a, pressed}, {Key::a, released}}));
    EXPECT_EQ(decoded({0xE0, 0x48, 0xE0, 0x48}), (Events{{Key::up, pressed}, {Key::up, pressed}}));
}

TEST(ScancodeDecoder, KnowsPrintScreenAndPauseUnderEveryModifier) {
    EXPECT_EQ(decoded({0xE0, 0x37, 0xE0, 0xB7}), // with shift or control
              (Events{{Key::print_screen, pressed}, {Key::print_screen, released}}));
    EXPECT_EQ(decoded({0xE0, 0x46, 0xE0, 0xC6}), // with control: Break
              (Events{{Key::pause, pressed}, {Key::pause, released}}));
    EXPECT_EQ(named(decoded({0x54, 0xD4})), Events{}); // alt and print screen: System Request
}

TEST(ScancodeDecoder, GivesPauseOnceForEachHalfOfItsSequence) {
    ScancodeDecoder decoder;
    EXPECT_EQ(feed(decoder, {0xE1, 0x1D}), Events{});
    EXPECT_EQ(feed(decoder, {0x45}), (Events{{Key::pause, pressed}}));
    EXPECT_EQ(feed(decoder, {0xE1, 0x9D}), Events{});
    EXPECT_EQ(feed(decoder, {0xC5}), (Events{{Key::pause, released}}));
    EXPECT_EQ(feed(decoder, {0x45}), (Events{{Key::num_lock, pressed}}));
}

// Laptops have keys that no list contains: for the radio, the lid, the screen's light. And around
// some keys the keyboard sends a shift key after E0. None of them may act like the key with the
// same number and no prefix.
TEST(ScancodeDecoder, GivesANameToACodeOnlyIfAKeySendsIt) {
    const std::set<unsigned> other_than_keys{0x00, 0xE0, 0xE1, 0xFC, 0xFF};
    std::set<Bytes> sent{{0xE0, 0x37}, {0xE0, 0xB7}, {0xE0, 0x46}, {0xE0, 0xC6}};
    for (const KeyCodes& codes : all_keys()) {
        sent.insert(codes.make);
        sent.insert(codes.release);
    }
    for (unsigned code = 0; code < 256; ++code) {
        if (other_than_keys.contains(code)) {
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(code);
        for (const Bytes& bytes : {Bytes{byte}, Bytes{0xE0, byte}}) {
            EXPECT_EQ(named(decoded(bytes)).size(), sent.contains(bytes) ? 1u : 0u)
                << testing::PrintToString(bytes);
        }
    }
}

TEST(ScancodeDecoder, ReleasesAllKeysWhenTheKeyboardSaysThatItHasLostSomeOrHasFailed) {
    for (const std::uint8_t byte : Bytes{0x00, 0xFF, 0xFC}) {
        for (const Bytes& begun : {Bytes{}, Bytes{0xE0}, Bytes{0xE1}, Bytes{0xE1, 0x1D}}) {
            ScancodeDecoder decoder;
            feed(decoder, begun);
            EXPECT_EQ(decoder.decode(byte), all_keys_released) << static_cast<int>(byte);
            EXPECT_EQ(feed(decoder, {0x1E}), (Events{{Key::a, pressed}}));
        }
    }
}

TEST(ScancodeDecoder, TakesASelfTestsAnswerForTheReleaseOfLeftShift) {
    EXPECT_EQ(decoded({0xAA}), (Events{{Key::left_shift, released}}));
}

TEST(ScancodeDecoder, BeginsAnewAtEveryPrefix) {
    EXPECT_EQ(decoded({0xE0, 0xE0, 0x48}), (Events{{Key::up, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0xE0, 0x48}), (Events{{Key::up, pressed}}));
    EXPECT_EQ(decoded({0xE1, 0x1D, 0xE0, 0x48}), (Events{{Key::up, pressed}}));
    EXPECT_EQ(decoded({0xE0, 0xE1, 0x1D, 0x45}), (Events{{Key::pause, pressed}}));
}

// The sequence that the last of these bytes have begun; empty if there is none.
Bytes begun_by(const Bytes& bytes) {
    const std::size_t size = bytes.size();
    if (size > 0 && bytes[size - 1] >= 0xE0 && bytes[size - 1] <= 0xE1) {
        return {bytes[size - 1]};
    }
    const bool in_pause = size > 1 && bytes[size - 2] == 0xE1 &&
                          decoded({bytes[size - 1]}) != Events{all_keys_released};
    return in_pause ? Bytes{0xE1, 0x1D} : Bytes{};
}

// After `before` a key comes out right, unless the bytes have begun a sequence that its code seems
// to continue. The same key typed again comes out right in any case.
void expect_recovery(const Bytes& before) {
    const bool broke_off = !begun_by(before).empty();
    for (const KeyCodes& codes : all_keys()) {
        ScancodeDecoder decoder;
        feed(decoder, before);
        const Events first = named(feed(decoder, codes.make));
        const Events right{{codes.key, pressed}};
        if (!broke_off || codes.make.front() == 0xE0 || codes.make.front() == 0xE1) {
            ASSERT_EQ(first, right) << testing::PrintToString(before);
        }
        feed(decoder, codes.release);
        ASSERT_EQ(named(feed(decoder, codes.make)), right) << testing::PrintToString(before);
    }
}

TEST(ScancodeDecoder, RecoversFromAnyBytesBehindAnyState) {
    for (const Bytes& begun : {Bytes{}, Bytes{0xE0}, Bytes{0xE1}, Bytes{0xE1, 0x1D}}) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            Bytes bytes = begun;
            bytes.push_back(static_cast<std::uint8_t>(byte));
            expect_recovery(bytes);
        }
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
        expect_recovery(bytes);
    }
}

// The decoder can be used at compile time.
static_assert(ScancodeDecoder{}.decode(0x9E) == KeyEvent{Key::a, Movement::released});

} // namespace
