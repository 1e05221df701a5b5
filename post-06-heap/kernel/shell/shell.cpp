#include "shell/shell.hpp"

#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "shell/command_line.hpp"
#include "shell/commands.hpp"
#include "shell/printer.hpp"

namespace kernel {

void run_shell(MachineMemory& memory) {
    Commands commands;
    CommandLine line{"> ", [&](std::string_view before) { return words_behind(before, commands); }};
    add_commands(commands, memory, line.history());

    ScancodeDecoder decoder;
    Keyboard<UsLayout> keyboard;
    Printer printer;
    if (has_keyboard()) {
        println("Type \"help\" for the commands.");
        line.begin(printer);
    } else {
        println("Without a keyboard nothing can be typed: the kernel rests.");
    }
    for (;;) {
        const auto event = decoder.decode(wait_for_scancode());
        const auto typed = event ? keyboard.on(*event) : std::nullopt;
        if (!typed) {
            continue;
        }
        if (const auto entered = line.on(*typed, printer)) {
            run_command(commands, *entered);
            line.begin(printer);
        }
    }
}

} // namespace kernel
