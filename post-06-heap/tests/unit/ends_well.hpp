// Runs something in a process of its own: it may crash, be stopped by a sanitizer, or compute for
// ever, and the test goes on.
#pragma once

#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

enum class Report : std::uint8_t { hidden, shown };

// Whether `work` returns true within half a second of CPU time in user mode; it must not block. The
// report is what `work` or a sanitizer writes to standard error.
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
