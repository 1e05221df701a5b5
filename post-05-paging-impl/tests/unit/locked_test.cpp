#include "cpu/locked.hpp"

#include <gtest/gtest.h>

namespace {

// An interrupt flag that a test can look at.
struct FakeCpu {
    bool* enabled;

    bool are_enabled() const { return *enabled; }
    void enable() { *enabled = true; }
    void disable() { *enabled = false; }
};

static_assert(kernel::InterruptControl<FakeCpu>);

TEST(InterruptsOff, GivesBackWhatWas) {
    for (const bool before : {false, true}) {
        bool enabled = before;
        {
            const kernel::InterruptsOff<FakeCpu> off{FakeCpu{&enabled}};
            EXPECT_FALSE(enabled);
        }
        EXPECT_EQ(enabled, before);
    }
}

TEST(InterruptsOff, Nests) {
    bool enabled = true;
    const FakeCpu cpu{&enabled};
    {
        const kernel::InterruptsOff<FakeCpu> outer{cpu};
        { const kernel::InterruptsOff<FakeCpu> inner{cpu}; }
        EXPECT_FALSE(enabled) << "the inner one has switched interrupts on again";
    }
    EXPECT_TRUE(enabled);
}

TEST(Locked, HasInterruptsOffExactlyWhileItsValueIsUsed) {
    bool enabled = true;
    kernel::Locked<int, FakeCpu> number{41, FakeCpu{&enabled}};
    const int result = number.with([&enabled](int& value) {
        EXPECT_FALSE(enabled);
        return ++value;
    });
    EXPECT_EQ(result, 42);
    EXPECT_TRUE(enabled);
}

TEST(Locked, CanBeUsedWhileItIsInUse) {
    bool enabled = true;
    kernel::Locked<int, FakeCpu> number{1, FakeCpu{&enabled}};
    number.with([&number](int& value) {
        number.with([](int& same) { same += 10; }); // an exception that prints inside of print
        value += 100;
    });
    EXPECT_EQ(number.with([](int& value) { return value; }), 111);
    EXPECT_TRUE(enabled);
}

} // namespace
