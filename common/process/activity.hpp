// What a program does at this moment, and how much CPU time it has used, as /proc tells it.
// [proc(5), "/proc/pid/stat"]
#pragma once

#include <chrono>
#include <sys/types.h>

namespace bench {

using std::chrono::milliseconds;

struct Activity {
    milliseconds cpu_time{0}; // of all threads, in user mode and in the kernel
    bool asleep = false;      // every thread waits for an event. A thread that runs, that waits for
                              // a CPU or for a disk, or that is stopped by a signal, is not asleep
};

// Of this one program. A program that is gone has used no time and is not asleep.
Activity activity_of(pid_t program);

// Of the program and its children, their children, and so on. The time of those that have ended
// is included as far as their parents have waited for them.
Activity activity_of_family(pid_t program);

} // namespace bench
