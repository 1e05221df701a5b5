// How a machine's run ended, in a form that a failed test can print.
#pragma once

#include <iosfwd>
#include <string>

namespace bench {

enum class End {
    passed,    // the kernel wrote 0x10 to the debug exit port: QEMU's exit code 33
    failed,    // the kernel wrote 0x11: exit code 35
    reset,     // the kernel reset the machine, or a triple fault did
    panicked,  // "KERNEL PANIC" on the serial line; the machine is halted
    timed_out, // the machine still runs
    other      // any other exit code
};

struct Ending {
    End end = End::other;
    std::string cause{};    // for people to read
    std::string last_log{}; // Machine::log_tail()
};

// Allows EXPECT_EQ(machine.wait_for_end(), End::passed).
inline bool operator==(const Ending& ending, End end) {
    return ending.end == end;
}

std::ostream& operator<<(std::ostream& stream, End end);
std::ostream& operator<<(std::ostream& stream, const Ending& ending);

} // namespace bench
