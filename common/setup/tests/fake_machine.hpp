// A simulated machine for one test. Its PATH is one folder, its table of packages belongs to the
// test, and its apt-get, sudo and id are small scripts that log how they were called.
#pragma once

#include "process/process.hpp"

#include <filesystem>
#include <string>
#include <string_view>

class FakeMachine {
public:
    // Has bash and the programs that the scripts call. The user is root, and apt-get does nothing.
    FakeMachine();
    ~FakeMachine();
    FakeMachine(const FakeMachine&) = delete;
    FakeMachine& operator=(const FakeMachine&) = delete;

    // Puts a shell script into PATH. It may append to the file "$LOG", which log() returns.
    void add_program(const std::string& name, std::string_view body);
    void remove_program(const std::string& name);
    void set_user(int id);

    // Sets the table: rows of the form "groups | package | proof | purpose".
    void set_table(std::string_view rows);

    // Returns a path on this machine, for files that prove a package.
    std::string path(const std::string& name) const;

    // Adds a variable, "NAME=value", to all later runs.
    void set(const std::string& variable);

    bench::Finished run(const std::string& script, const std::string& argument = {}) const;

    // The same at a terminal, where a person types `answer` after a question.
    bench::Finished run_at_terminal(const std::string& script, const std::string& argument,
                                    std::string_view answer) const;

    // Returns what the scripts logged.
    std::string log() const;

private:
    bench::Command command(const std::string& script, const std::string& argument) const;

    std::filesystem::path folder_;
    std::vector<std::string> environment_;
};
