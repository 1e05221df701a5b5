#include "devices/scancode_queue.hpp"

#include "devices/keyboard.hpp"
#include "devices/us_layout.hpp"
#include "key_codes.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace {

using namespace kernel;

constexpr std::size_t kept = ScancodeQueue::capacity - 1; // beside the overrun code

// A keyboard, the handler that reads it, and whoever takes what the handler leaves.
struct Desk {
    ScancodeQueue queue;
    ScancodeDecoder decoder;
    Keyboard<UsLayout> keyboard;

    void send(const Bytes& bytes) {
        for (const std::uint8_t byte : bytes) {
            queue.put(byte);
        }
    }
    void tap(std::uint8_t code, int times = 1) {
        for (; times > 0; --times) {
            send({code, static_cast<std::uint8_t>(code | 0x80)});
        }
    }
    void fill() {
        while (queue.dropped() == 0) {
            tap(0x1E);
        }
    }
    Bytes take(std::size_t most = 1000) {
        Bytes bytes;
        while (bytes.size() < most) {
            const auto byte = queue.take();
            if (!byte) {
                break;
            }
            bytes.push_back(*byte);
        }
        return bytes;
    }
    std::string type(const Bytes& bytes) {
        std::string text;
        for (const std::uint8_t byte : bytes) {
            const auto event = decoder.decode(byte);
            const auto typed = event ? keyboard.on(*event) : std::nullopt;
            text += typed && typed->character != '\0' ? std::string{typed->character} : "";
        }
        return text;
    }
};

TEST(ScancodeQueue, HandsOverInOrder) {
    Desk desk;
    EXPECT_EQ(desk.queue.take(), std::nullopt);
    desk.send({0x1E, 0x9E, 0xE0, 0x48});
    EXPECT_EQ(desk.take(), (Bytes{0x1E, 0x9E, 0xE0, 0x48}));
    EXPECT_EQ(desk.queue.dropped(), 0U);
}

TEST(ScancodeQueue, SaysInOrderThatBytesWereLost) {
    Desk desk;
    for (std::size_t byte = 0; byte < kept + 5; ++byte) {
        desk.send({static_cast<std::uint8_t>(byte % 0x60)});
    }
    EXPECT_EQ(desk.queue.dropped(), 5U);
    const Bytes bytes = desk.take();
    ASSERT_EQ(bytes.size(), kept + 1);
    EXPECT_EQ(bytes[kept - 1], (kept - 1) % 0x60);
    EXPECT_EQ(bytes[kept], 0xFF);
    desk.send({0x1E});
    EXPECT_EQ(desk.take(), (Bytes{0x1E}));
    EXPECT_EQ(desk.queue.dropped(), 5U);
}

// Nobody reads: the release of shift is lost.
TEST(ScancodeQueue, LetsNoKeyStickWhoseReleaseWasLost) {
    Desk desk;
    desk.send({0x2A});
    desk.tap(0x1E, 80);
    desk.send({0xAA});
    EXPECT_EQ(desk.type(desk.take()), std::string(kept / 2, 'A'));
    desk.tap(0x30);
    desk.tap(0x2E);
    desk.tap(0x20);
    EXPECT_EQ(desk.type(desk.take()), "bcd");
}

// E0 1D is right control, 1D alone would be left control, which then nobody would release.
TEST(ScancodeQueue, LosesASequenceWhole) {
    const std::vector<Bytes> sequences{
        {0xE0, 0x1D}, {0xE0, 0xE0, 0x1D}, {0xE1, 0x1D, 0x45}, {0xE1, 0x9D, 0xC5}};
    for (const Bytes& sequence : sequences) {
        for (std::size_t lost = 1; lost < sequence.size(); ++lost) {
            Desk desk;
            desk.fill();
            const std::size_t before = desk.queue.dropped();
            const auto rest = sequence.begin() + static_cast<std::ptrdiff_t>(lost);
            desk.send({sequence.begin(), rest});
            desk.type(desk.take()); // from here on there is room again
            desk.send({rest, sequence.end()});
            EXPECT_EQ(desk.queue.dropped(), before + sequence.size());
            const Bytes bytes = desk.take();
            EXPECT_EQ(bytes, Bytes(bytes.size(), 0xFF)) << testing::PrintToString(sequence);
            desk.tap(0x30);
            EXPECT_EQ(desk.type(desk.take()), "b") << testing::PrintToString(sequence);
        }
    }
}

// However much is taken in between, a byte that is missing has an overrun code in its place.
TEST(ScancodeQueue, MarksEveryGapWhateverIsTakenInBetween) {
    for (std::size_t taken = 0; taken < 8; ++taken) {
        Desk desk;
        desk.fill();
        Bytes bytes;
        std::uint8_t code = 0;
        for (int round = 0; round < 100; ++round) {
            const Bytes some = desk.take(taken);
            bytes.insert(bytes.end(), some.begin(), some.end());
            for (int i = 0; i < 5; ++i) {
                code = static_cast<std::uint8_t>(code % 0x50 + 1);
                desk.send({code});
            }
        }
        const Bytes rest = desk.take();
        bytes.insert(bytes.end(), rest.begin(), rest.end());
        const auto filled = bytes.begin() + static_cast<std::ptrdiff_t>(kept);
        std::uint8_t last = 0;
        bool marked = false;
        for (const std::uint8_t byte : Bytes{filled, bytes.end()}) {
            if (byte != 0xFF) {
                EXPECT_TRUE(marked || byte == last % 0x50 + 1) << "taken " << taken;
                last = byte;
            }
            marked = byte == 0xFF;
        }
        EXPECT_TRUE(marked || last == code) << "taken " << taken;
    }
}

} // namespace
