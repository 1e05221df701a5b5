// Something that is tried out in a process of its own: there it may crash, be stopped by a
// sanitizer, or never end, and the test still learns of it.
#pragma once

#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

enum class Report : std::uint8_t { hidden, shown };

// Whether `work` returns true, after no more than half a second of computing. Its report is what it
// writes to standard error, and what a sanitizer does.
template <typename Work>
bool ends_well(Work work, Report report = Report::hidden) {
    std::fflush(nullptr); // or both processes would write it
    const pid_t child = fork();
    if (child == 0) {
        const itimerval half_a_second{.it_interval = {},
                                      .it_value = {.tv_sec = 0, .tv_usec = 500'000}};
        setitimer(ITIMER_VIRTUAL, &half_a_second, nullptr);
        if (report == Report::hidden && std::freopen("/dev/null", "w", stderr) == nullptr) {
            _exit(1);
        }
        _exit(work() ? 0 : 1);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
