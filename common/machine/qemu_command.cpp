#include "machine/qemu_command.hpp"

#include <utility>

namespace bench {
namespace {

// A comma ends a value in QEMU's option lists; two commas stand for one in the value.
std::string escaped(const std::string& value) {
    std::string result;
    for (const char character : value) {
        result.append(character == ',' ? 2 : 1, character);
    }
    return result;
}

void append(Command& command, const Command& more) {
    command.insert(command.end(), more.begin(), more.end());
}

// A snapshot does not change the image, so several machines can use it at the same time. The CD is
// read through an AHCI controller: booting takes 40 % less of the host's time than with the IDE
// controller that QEMU's -cdrom uses, as the tests of run.sh do.
Command drive(const Boot& boot) {
    const std::string file = "file=" + escaped(boot.image().string());
    switch (boot.medium()) {
    case Boot::Medium::iso:
        return {"-drive",  "id=cd,if=none," + file + ",format=raw,media=cdrom,readonly=on",
                "-device", "ahci,id=ahci",
                "-device", "ide-cd,drive=cd,bus=ahci.0,bootindex=0"};
    case Boot::Medium::disk:
        break;
    }
    return {"-drive", file + ",format=raw,snapshot=on", "-boot", "c"};
}

// Gigabytes may be more than the host has, so none is reserved: a kernel touches only a part.
Command memory(const std::string& size) {
    Command command{"-m", size};
    if (size.ends_with('G')) {
        append(command, {"-machine", "memory-backend=ram", "-object",
                         "memory-backend-ram,id=ram,reserve=off,size=" + size});
    }
    return command;
}

std::string socket(const std::string& name, int descriptor) {
    return "socket,id=" + name + ",fd=" + std::to_string(descriptor);
}

} // namespace

Command qemu_command(const Boot& boot, const MachineOptions& options, const QemuEnds& ends) {
    Command command{options.program, "-no-user-config", "-nodefaults", "-no-reboot", "-S"};
    append(command, {"-display", "none", "-vga", "std"});
    append(command, memory(options.memory));
    append(command, {"-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"});
    append(command, {"-chardev", socket("com1", ends.serial), "-serial", "chardev:com1"});
    append(command, {"-chardev", socket("qmp", ends.monitor), "-mon", "chardev=qmp,mode=control"});
    append(command, drive(boot));
    for (const auto& [option, value] :
         {std::pair{"-cpu", options.cpu}, std::pair{"-machine", options.type}}) {
        if (!value.empty()) {
            append(command, {option, value});
        }
    }
    if (options.icount) {
        append(command, {"-icount", "shift=7,sleep=off"});
    }
    if (options.interrupt_log) {
        append(command, {"-d", "int,cpu_reset", "-D", ends.interrupt_log.string()});
    }
    append(command, options.arguments);
    return command;
}

} // namespace bench
