#include "setup/tests/fake_machine.hpp"

#include "machine/file.hpp"
#include "rings/post_under_test.hpp"

#include <chrono>
#include <fstream>
#include <string>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

// Where a real program lies, from the PATH of this process.
fs::path real(const std::string& name) {
    const auto found = bench::run({"bash", "-c", "type -P " + name});
    return found.output.substr(0, found.output.find('\n'));
}

} // namespace

FakeMachine::FakeMachine() {
    fs::create_directory(path("bin"));
    for (const std::string program : {"bash", "env", "dirname"}) {
        fs::create_symlink(real(program), path("bin/" + program));
    }
    environment_ = {"PATH=" + path("bin"),
                    "LOG=" + path("log"),
                    "PACKAGES_TABLE=" + path("packages"),
                    "CI=",
                    "CXX=",
                    "DISPLAY=",
                    "WAYLAND_DISPLAY=",
                    "NO_COLOR=",
                    "DEBIAN_FRONTEND="};
    add_program("apt-get", R"(echo "$DEBIAN_FRONTEND: apt-get $*" >>"$LOG")");
    set_user(0);
}

void FakeMachine::add_program(const std::string& name, std::string_view body) {
    const fs::path file = path("bin/" + name);
    std::ofstream{file} << "#!/bin/sh\n" << body << '\n';
    fs::permissions(file, fs::perms::owner_all);
}

void FakeMachine::remove_program(const std::string& name) {
    fs::remove(path("bin/" + name));
}

void FakeMachine::set_user(int id) {
    add_program("id", "echo " + std::to_string(id));
}

void FakeMachine::set_table(std::string_view rows) {
    std::ofstream{path("packages")} << rows << '\n';
}

std::string FakeMachine::path(const std::string& name) const {
    return folder_.path() / name;
}

void FakeMachine::set(const std::string& variable) {
    environment_.push_back(variable);
}

bench::Finished FakeMachine::run(const std::string& script, const std::string& argument) const {
    return bench::run(command(script, argument),
                      {.directory = folder_.path(), .environment = environment_});
}

bench::Finished FakeMachine::run_at_terminal(const std::string& script, const std::string& argument,
                                             std::string_view answer) const {
    bench::Process child{command(script, argument),
                         {.directory = folder_.path(),
                          .environment = environment_,
                          .inherited = {},
                          .terminal = true}};
    bench::Finished finished;
    bool answered = false;
    bench::Deadline deadline{child.given_time(), 10s};
    while (const auto text = child.read(100ms)) {
        if (deadline.passed()) {
            finished.timed_out = true;
            break;
        }
        finished.output += *text;
        if (!answered && finished.output.find("[Y/n]") != std::string::npos) {
            child.write(answer);
            answered = true;
        }
    }
    finished.exit_code = child.wait(10s).value_or(-1);
    return finished;
}

std::string FakeMachine::log() const {
    return bench::read_file(path("log"));
}

bench::Command FakeMachine::command(const std::string& script, const std::string& argument) const {
    bench::Command command{bench::common_folder() / "setup" / script};
    if (!argument.empty()) {
        command.push_back(argument);
    }
    return command;
}
