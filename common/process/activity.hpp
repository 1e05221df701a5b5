// Whether a program sleeps at this moment, and how much CPU time it has used, from /proc.
// [proc(5), "/proc/pid/stat"]
#pragma once

#include <chrono>
#include <sys/types.h>

namespace bench {

using std::chrono::milliseconds;

struct Activity {
    milliseconds cpu_time{0}; // of all threads, in user mode and in the kernel
    bool asleep = false;      // every thread waits for an event, not for a CPU or a disk, and none
                              // is stopped by a signal
};

// Looks at this one program; the time of children that it has waited for is included. A program
// that has ended counts as asleep until it is waited for; after that it has used no time and is not
// asleep.
Activity activity_of(pid_t program);

// Looks at the program, its children, their children, and so on. The time of children that have
// ended is included once their parents have waited for them.
Activity activity_of_family(pid_t program);

} // namespace bench
