// What can be typed at the prompt.
#pragma once

#include "memory/take_over.hpp"
#include "shell/history.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace kernel {

struct Command {
    std::string_view argument; // what it is called in `help`; empty if there is none
    std::string_view help;
    std::function<void(std::string_view argument)> run;
};

using Commands = std::map<std::string, Command, std::less<>>;

// Adds all that the kernel has. All three must live as long as the commands are used.
void add_commands(Commands& commands, MachineMemory& memory, const History& history);

// Runs the command that the line begins with. A blank line is none; an unknown word is said to be
// so.
void run_command(const Commands& commands, std::string_view line);

// The words that can follow on the beginning of a line.
std::vector<std::string> words_behind(std::string_view before, const Commands& commands);

} // namespace kernel
