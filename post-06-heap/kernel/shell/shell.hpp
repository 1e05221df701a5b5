// The kernel's command line: reads commands from the keyboard and runs them.
#pragma once

#include "memory/machine_memory.hpp"
#include "shell/command_line.hpp"

#include <functional>
#include <map>
#include <string_view>

namespace kernel {

struct Command {
    std::string_view argument; // its name in the list of commands, or empty
    std::string_view help;
    std::function<void(std::string_view argument)> run;
};

using Commands = std::map<std::string_view, Command>;

// Adds the kernel's commands. They keep references to all three arguments.
void add_commands(Commands& commands, MachineMemory& memory, const Lines& history);

// Returns the lines that Tab completes to: the name of each command, with a blank after it if an
// argument follows, and "fault" with each of its kinds.
Lines completions_of(const Commands& commands);

// Runs the command that `line` begins with, and prints a message if there is no such command. Does
// nothing if the line is blank.
void run_command(const Commands& commands, std::string_view line);

// Runs commands for ever. Needs the heap and interrupts.
[[noreturn]] void run_shell(MachineMemory& memory);

} // namespace kernel
