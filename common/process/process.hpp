// Runs another program and says what became of it.
//
// Two ways: `run` waits for the end and returns everything at once; `Process` is a child that
// lives beside us, whose output is read while it runs. Neither ever leaves a child behind.
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

// How a child ended: its exit code, or 128 plus the signal's number, as a shell reports it.
using ExitCode = int;

struct Surroundings {
    std::string directory{};                // where the child starts; empty: here
    std::vector<std::string> environment{}; // "NAME=value", added to ours
    std::vector<int> inherited{};           // file descriptors that the child keeps, same numbers
    bool terminal = false;                  // a pseudo-terminal instead of a pipe
    bool fixed_addresses = false; // no address space randomization, if the host permits it
};

class Process {
public:
    // Starts the command, looked up in PATH. Its standard input is /dev/null (or the terminal),
    // its standard output and standard error are one stream. A program that cannot be started
    // ends with code 127 and says why in its output.
    explicit Process(const Command& command, const Surroundings& surroundings = {});
    ~Process(); // kills the child's whole process group if it still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // Waits until there is output or `longest` has passed by the wall clock, and returns what came
    // (possibly nothing: that means nothing, the child may not have had a CPU). nullopt: the child
    // has closed its output and nothing is left to read.
    std::optional<std::string> read(milliseconds longest);

    // Writes to the child's terminal; only with Surroundings::terminal.
    void write(std::string_view text);

    // The exit code, or nullopt if the child has not ended within `longest` of its given time.
    // Throws NoVerdict like Deadline.
    std::optional<ExitCode> wait(milliseconds longest);

    // What the host has given to the child and its own children, for a Deadline.
    GivenTime& given_time() { return given_time_; }

    // Ends the child now; returns its exit code.
    ExitCode kill();

    pid_t id() const { return id_; }

private:
    bool ended();

    pid_t id_ = -1;
    int output_ = -1;
    std::optional<ExitCode> exit_code_;
    GivenTime given_time_;
};

struct Finished {
    ExitCode exit_code = 0;
    std::string output{};   // standard output and standard error, in the order they came
    bool timed_out = false; // the child was killed because the time was over
};

// Runs a command to its end, or kills it (code 137) once the host has given it and its children
// `longest`, or the wall-clock net ends it. Why it was killed is the output's last line.
Finished run(const Command& command, const Surroundings& surroundings = {},
             milliseconds longest = std::chrono::minutes{2}, milliseconds net = wall_clock_net);

} // namespace bench
