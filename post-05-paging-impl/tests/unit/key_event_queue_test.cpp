#include "devices/key_event_queue.hpp"

#include "devices/keyboard.hpp"
#include "devices/us_layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace kernel;
using enum Movement;

using Events = std::vector<KeyEvent>;

constexpr std::size_t kept = KeyEventQueue::capacity - 1; // beside all_keys_released

void tap(KeyEventQueue& queue, Key key, int times = 1) {
    for (; times > 0; --times) {
        queue.put({key, pressed});
        queue.put({key, released});
    }
}

Events take(KeyEventQueue& queue, std::size_t most = 1000) {
    Events events;
    while (events.size() < most) {
        const auto event = queue.take();
        if (!event) {
            break;
        }
        events.push_back(*event);
    }
    return events;
}

TEST(KeyEventQueue, HandsOverInOrder) {
    KeyEventQueue queue;
    EXPECT_EQ(queue.take(), std::nullopt);
    tap(queue, Key::a);
    queue.put({Key::up, pressed});
    EXPECT_EQ(take(queue), (Events{{Key::a, pressed}, {Key::a, released}, {Key::up, pressed}}));
    EXPECT_EQ(queue.lost(), 0U);
}

TEST(KeyEventQueue, ReleasesAllKeysInThePlaceOfTheEventsThatWereLost) {
    KeyEventQueue queue;
    for (std::size_t number = 0; number < kept + 5; ++number) {
        queue.put({static_cast<Key>(number), pressed});
    }
    EXPECT_EQ(queue.lost(), 5U);
    const Events events = take(queue);
    ASSERT_EQ(events.size(), kept + 1);
    EXPECT_EQ(events[kept - 1], (KeyEvent{static_cast<Key>(kept - 1), pressed}));
    EXPECT_EQ(events[kept], all_keys_released);
    queue.put({Key::a, pressed});
    EXPECT_EQ(take(queue), (Events{{Key::a, pressed}}));
    EXPECT_EQ(queue.lost(), 5U);
}

// Nothing is taken, and the release of shift is lost.
TEST(KeyEventQueue, LetsNoKeyStickWhoseReleaseWasLost) {
    KeyEventQueue queue;
    Keyboard keyboard{us_layout};
    const auto typed = [&] {
        std::string text;
        for (const KeyEvent& event : take(queue)) {
            const auto key = keyboard.handle(event);
            text += key && key->character != '\0' ? std::string{key->character} : "";
        }
        return text;
    };
    queue.put({Key::left_shift, pressed});
    tap(queue, Key::a, 80);
    queue.put({Key::left_shift, released});
    EXPECT_EQ(typed(), std::string(kept / 2, 'A'));
    tap(queue, Key::b);
    EXPECT_EQ(typed(), "b");
}

// However much is taken in between: where an event is missing, all keys are released.
TEST(KeyEventQueue, MarksEveryGapWhateverIsTakenInBetween) {
    for (std::size_t taken = 0; taken < 8; ++taken) {
        KeyEventQueue queue;
        Events events;
        int number = 0;
        for (int round = 0; round < 300; ++round) {
            const Events some = take(queue, taken);
            events.insert(events.end(), some.begin(), some.end());
            for (int i = 0; i < 5; ++i) {
                queue.put({static_cast<Key>(++number % 128), pressed});
            }
        }
        const Events rest = take(queue);
        events.insert(events.end(), rest.begin(), rest.end());
        int last = 0;
        bool marked = false;
        for (const KeyEvent& event : events) {
            if (event != all_keys_released) {
                EXPECT_TRUE(marked || static_cast<int>(event.key) == (last + 1) % 128) << taken;
                last = static_cast<int>(event.key);
            }
            marked = event == all_keys_released;
        }
        EXPECT_TRUE(marked || last == number % 128) << taken;
        EXPECT_EQ(queue.lost() > 0, taken < 5) << taken;
    }
}

} // namespace
