// A machine made for one test: its PATH is one folder, its table of packages is the test's own,
// and its apt-get, sudo and id are small scripts that write down how they were called.
#pragma once

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"

#include <string>
#include <string_view>

class FakeMachine {
public:
    // Has bash and what the scripts call, is run by root, and has an apt-get that installs nothing.
    FakeMachine();

    // Puts a shell script into PATH. In it, "$LOG" is the file that `log` returns.
    void add_program(const std::string& name, std::string_view body);
    void remove_program(const std::string& name);
    void set_user(int id);

    // Rows of the form "groups | package | proof | purpose". The scripts run in the machine's
    // folder, whose name may have a blank in it: a file that proves a package is "./name".
    void set_table(std::string_view rows);

    // The absolute path of a file on this machine.
    std::string path(const std::string& name) const;

    // Adds a variable, "NAME=value", to all later runs.
    void set(const std::string& variable);

    bench::Finished run(const std::string& script, const std::string& argument = {}) const;

    // The same for a person at a terminal, who types `answer` once a question was asked.
    bench::Finished run_at_terminal(const std::string& script, const std::string& argument,
                                    std::string_view answer) const;

    // What the fake programs wrote down.
    std::string log() const;

private:
    bench::Command command(const std::string& script, const std::string& argument) const;

    bench::TemporaryFolder folder_;
    std::vector<std::string> environment_;
};
