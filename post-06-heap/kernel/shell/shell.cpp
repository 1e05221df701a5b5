#include "shell/shell.hpp"

#include "console/console.hpp"
#include "interrupts/keyboard.hpp"

#include <algorithm>

namespace kernel {
namespace {

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text.substr(0, text.find_last_not_of(' ') + 1); // without a character, npos + 1 is 0
}

} // namespace

void run_command(const Commands& commands, std::string_view line) {
    line = trimmed(line);
    const std::string_view name = line.substr(0, line.find(' '));
    const auto command = commands.find(name);
    if (command != commands.end()) {
        command->second.run(trimmed(line.substr(name.size())));
    } else if (!line.empty()) {
        println(R"(Unknown command "{}". Type "help" for a list.)", name);
    }
}

void run_shell(MachineMemory& memory) {
    Lines history;
    Commands commands;
    add_commands(commands, memory, history);
    CommandLine line{"> ", completions_of(commands), history,
                     [](std::string_view text) { print("{}", text); }};
    println("{}", has_keyboard() ? R"(Type "help" for a list of commands.)"
                                 : "Without a keyboard nothing can be typed: the kernel rests.");
    line.begin();
    for (;;) {
        if (const auto entered = line.handle(wait_for_key())) {
            run_command(commands, *entered);
            line.begin();
        }
    }
}

} // namespace kernel
