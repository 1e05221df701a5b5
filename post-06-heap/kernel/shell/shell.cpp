#include "shell/shell.hpp"

#include "interrupts/keyboard.hpp"
#include "shell/command_line.hpp"
#include "shell/commands.hpp"
#include "shell/printer.hpp"

namespace kernel {

void run_shell(MachineMemory& memory) {
    Commands commands;
    CommandLine line{"> ", [&](std::string_view before) { return words_behind(before, commands); }};
    add_commands(commands, memory, line.history());

    Printer printer;
    if (has_keyboard()) {
        println("Type \"help\" for the commands.");
        line.begin(printer);
    } else {
        println("Without a keyboard nothing can be typed: the kernel rests.");
    }
    for (;;) {
        if (const auto entered = line.on(wait_for_key(), printer)) {
            run_command(commands, *entered);
            line.begin(printer);
        }
    }
}

} // namespace kernel
