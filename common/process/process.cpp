#include "process/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

// Looking at a family reads a file for every program of the host.
constexpr milliseconds look_step = 200ms;

// Runs between fork and exec, where nothing may need a lock of another thread, as allocations do.
// So everything that the child needs is prepared before the fork.
[[noreturn]] void become(char* const* arguments, char** variables,
                         const Surroundings& surroundings) {
    prctl(PR_SET_PDEATHSIG, SIGTERM); // the child ends with us, and can end its own children
    // Background jobs of a shell ignore these signals, and the child would inherit that.
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) {
        signal(number, SIG_DFL);
    }
    if (surroundings.fixed_addresses) {
        personality(ADDR_NO_RANDOMIZE);
    }
    for (const int descriptor : surroundings.inherited) {
        fcntl(descriptor, F_SETFD, 0);
    }
    if (!surroundings.directory.empty() && chdir(surroundings.directory.c_str()) != 0) {
        dprintf(STDERR_FILENO, "%s: %s\n", surroundings.directory.c_str(), strerror(errno));
        _exit(127);
    }
    environ = variables; // execvp searches the child's PATH
    execvp(arguments[0], arguments);
    dprintf(STDERR_FILENO, "%s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

// Our environment, with these variables in addition or in place of ours.
std::vector<char*> environment_with(const std::vector<std::string>& added) {
    std::map<std::string_view, char*> variables;
    const auto set = [&variables](const char* variable) {
        const std::string_view text = variable;
        variables[text.substr(0, text.find('='))] = const_cast<char*>(variable);
    };
    for (char** variable = environ; *variable != nullptr; ++variable) {
        set(*variable);
    }
    for (const std::string& variable : added) {
        set(variable.c_str());
    }
    std::vector<char*> list;
    for (const auto& [name, variable] : variables) {
        list.push_back(variable);
    }
    list.push_back(nullptr);
    return list;
}

// Gives the child no input, the pipe for both outputs, and a process group of its own.
void use_pipe(int output) {
    setpgid(0, 0);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
}

ExitCode decode(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

milliseconds duration(const timeval& time) {
    return milliseconds{time.tv_sec * 1000 + time.tv_usec / 1000};
}

} // namespace

Process::Process(const Command& command, const Surroundings& surroundings)
    : given_time_{[this] { return id_ > 0 ? activity_of_family(id_) : Activity{}; }, look_step} {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    std::vector<char*> variables = environment_with(surroundings.environment);

    std::array<int, 2> ends{-1, -1};
    if (surroundings.terminal) {
        id_ = forkpty(&output_, nullptr, nullptr, nullptr);
    } else {
        if (pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error{std::string{"pipe: "} + strerror(errno)};
        }
        output_ = ends[0];
        id_ = fork();
    }
    if (id_ == 0) {
        if (!surroundings.terminal) {
            use_pipe(ends[1]);
        }
        become(arguments.data(), variables.data(), surroundings);
    }
    if (!surroundings.terminal) {
        close(ends[1]);
    } else if (output_ >= 0) {
        fcntl(output_, F_SETFD, FD_CLOEXEC);
    }
    if (id_ < 0) {
        throw std::runtime_error{std::string{"fork: "} + strerror(errno)};
    }
}

Process::~Process() {
    kill();
    close(output_);
}

std::optional<std::string> Process::read(milliseconds longest) {
    pollfd waiting{output_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(longest.count())) <= 0) {
        return std::string{};
    }
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(output_, buffer.data(), buffer.size());
    if (count <= 0) { // a terminal without a child returns EIO, not an end of file
        return std::nullopt;
    }
    return std::string{buffer.data(), static_cast<std::size_t>(count)};
}

void Process::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(output_, text.data(), text.size());
        if (count <= 0) {
            throw std::runtime_error{std::string{"write to a child: "} + strerror(errno)};
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::optional<ExitCode> Process::wait(milliseconds longest) {
    Deadline deadline{given_time_, longest};
    for (;;) {
        const bool last_look = deadline.passed();
        if (ended() || last_look) {
            return exit_code_;
        }
        std::this_thread::sleep_for(2ms);
    }
}

bool Process::ended() {
    if (!exit_code_) {
        collect(WNOHANG);
    }
    return exit_code_.has_value();
}

void Process::collect(int options) {
    int status = 0;
    rusage usage{};
    if (wait4(id_, &status, options, &usage) == id_) {
        exit_code_ = decode(status);
        cpu_time_ = duration(usage.ru_utime) + duration(usage.ru_stime);
    }
}

ExitCode Process::kill() {
    if (!ended()) {
        ::kill(-id_, SIGKILL); // the group, with the children of a shell
        ::kill(id_, SIGKILL);  // and the child, if it has no group yet
        collect(0);
    }
    return *exit_code_;
}

namespace {

// Returns false if the deadline passes first.
bool run_to_its_end(Process& child, Deadline deadline, Finished& finished) {
    for (;;) {
        const bool last_look = deadline.passed();
        const auto text = child.read(last_look ? 0ms : look_step);
        if (!text) {
            break;
        }
        finished.output += *text;
        if (last_look && (text->empty() || !child.wait(0ms))) {
            return false;
        }
    }
    for (;;) { // it has closed its output and may still run
        const bool last_look = deadline.passed();
        if (child.wait(0ms)) {
            return true;
        }
        if (last_look) {
            return false;
        }
        std::this_thread::sleep_for(2ms);
    }
}

} // namespace

Finished run(const Command& command, const Surroundings& surroundings, milliseconds longest,
             milliseconds net) {
    Process child{command, surroundings};
    Finished finished;
    std::string reason;
    try {
        if (!run_to_its_end(child, Deadline{child.given_time(), longest, net}, finished)) {
            reason =
                "it has not ended after it was given " + std::to_string(longest.count()) + " ms\n";
        }
    } catch (const NoVerdict& caught) {
        reason = caught.what();
    }
    finished.exit_code = child.kill();
    finished.cpu_time = child.cpu_time();
    finished.timed_out = !reason.empty();
    if (finished.timed_out) {
        finished.output += "\n" + command.front() + " was killed: " + reason;
    }
    return finished;
}

} // namespace bench
