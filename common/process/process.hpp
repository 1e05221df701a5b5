// Runs another program.
//
// run() waits for its end and returns all of its output. A Process is a child whose output is read
// while it runs. Both make sure that no child is left behind.
#pragma once

#include "process/deadline.hpp"
#include "process/given_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bench {

using std::chrono::milliseconds;

using Command = std::vector<std::string>;

// An exit code, or 128 plus the number of the signal that ended the child, as in a shell.
using ExitCode = int;

struct Surroundings {
    std::string directory{};                // where the child starts; empty: the current one
    std::vector<std::string> environment{}; // "NAME=value", in addition to ours
    std::vector<int> inherited{};           // file descriptors that the child keeps
    bool terminal = false;                  // a pseudo-terminal instead of a pipe
    bool fixed_addresses = false;           // without randomization, if the host permits it
};

class Process {
public:
    // Starts the command, which is found in PATH. Its standard input is /dev/null (or the
    // terminal); its standard output and standard error are one stream. If it cannot be started,
    // the exit code is 127 and the output says why.
    explicit Process(const Command& command, const Surroundings& surroundings = {});
    ~Process(); // kills the child's process group if the child still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // Waits until there is output, for at most `longest` by the wall clock, and returns it. The
    // result may be empty. It is nullopt if the child has closed its output and nothing is left to
    // read.
    std::optional<std::string> read(milliseconds longest);

    // Writes to the child's terminal. Requires Surroundings::terminal.
    void write(std::string_view text);

    // Returns the exit code, or nullopt if the child does not end within `longest` of given time.
    // Throws NoVerdict like Deadline.
    std::optional<ExitCode> wait(milliseconds longest);

    // The time that the host gives the child and its own children, for a Deadline.
    GivenTime& given_time() { return given_time_; }

    // Ends the child now; returns its exit code.
    ExitCode kill();

    pid_t id() const { return id_; }

    // The CPU time of the child and of those children that it has waited for; zero until it has
    // ended.
    milliseconds cpu_time() const { return cpu_time_; }

private:
    bool ended();
    void collect(int options);

    pid_t id_ = -1;
    int output_ = -1;
    std::optional<ExitCode> exit_code_;
    milliseconds cpu_time_{0};
    GivenTime given_time_;
};

struct Finished {
    ExitCode exit_code = 0;
    std::string output{};   // standard output and standard error, in order
    bool timed_out = false; // the child was killed because its time was up
    milliseconds cpu_time{0};
};

// Runs a command to its end. Kills it (code 137) once the host has given it and its children
// `longest`, or once `net` has passed by the wall clock. The output then ends with the reason.
Finished run(const Command& command, const Surroundings& surroundings = {},
             milliseconds longest = std::chrono::minutes{2}, milliseconds net = wall_clock_net);

} // namespace bench
