// The second emulator, with the same boot sectors.
#include "boot_sector.hpp"
#include "machine/bochs.hpp"

#include <gtest/gtest.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Bochs, ReadsTheSerialLine) {
    Bochs machine{boot_sector("passes")};
    EXPECT_TRUE(machine.wait_for("tick\n")) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("tick\n")) << machine.log_tail();
    EXPECT_FALSE(machine.ended());
}

TEST(Bochs, EndsOnATripleFault) {
    Bochs machine{boot_sector("triple_faults")};
    EXPECT_FALSE(machine.wait_for("never said")) << machine.log_tail();
    EXPECT_TRUE(machine.ended()) << machine.log_tail();
    EXPECT_TRUE(machine.triple_faulted()) << machine.log_tail();
    EXPECT_TRUE(contains(machine.log_tail(), "last words")) << machine.log_tail();
}

TEST(Bochs, StopsWaitingWhenTheTimeIsUp) {
    Bochs machine{boot_sector("hangs")};
    ASSERT_TRUE(machine.wait_for("circles")) << machine.log_tail();
    EXPECT_FALSE(machine.wait_for("never said", 200ms));
    EXPECT_FALSE(machine.ended());
    EXPECT_FALSE(machine.triple_faulted());
}

TEST(Bochs, StopsWaitingAfterTheWholeMessageOfAPanic) {
    Bochs machine{boot_sector("panics")};
    EXPECT_FALSE(machine.wait_for("never said", std::chrono::hours{1})) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("end of the message")) << machine.log_tail();
}

// On a host without a sound card, Bochs 2.7 clears a buffer whose length it takes from an
// uninitialised variable, and may end with "buffer overflow detected".
TEST(Bochs, OpensNoSoundCard) {
    Bochs machine{boot_sector("passes")};
    ASSERT_TRUE(machine.wait_for("tick\n")) << machine.log_tail();
    EXPECT_FALSE(contains(machine.log(), "soundalsa")) << machine.log();
}

TEST(Bochs, SaysWhyItDoesNotStart) {
    Bochs machine{boot_sector("passes"), {.cpu = "no_such_cpu"}};
    EXPECT_TRUE(machine.wait_until_ended()) << machine.log_tail();
    EXPECT_FALSE(machine.triple_faulted());
    EXPECT_TRUE(contains(machine.log_tail(), "cpu directive malformed")) << machine.log_tail();
}

} // namespace
} // namespace bench
