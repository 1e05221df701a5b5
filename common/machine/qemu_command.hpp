// The options of an emulated machine, and the QEMU command line for them.
#pragma once

#include "machine/boot.hpp"
#include "process/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct MachineOptions {
    std::string memory = "128M";          // "16M", "64G"
    std::string cpu{};                    // one of QEMU's names; empty: its default
    std::string type{};                   // "pc", "q35", …; empty: its default
    bool icount = false;                  // derive time from instructions: runs repeat exactly
    bool interrupt_log = false;           // keep QEMU's log of interrupts and resets
    std::vector<std::string> arguments{}; // appended to the command line
    milliseconds key_pause{10};           // after each chord that is typed
    std::string program = "qemu-system-x86_64";
};

// QEMU's ends of the connections to this program.
struct QemuEnds {
    int serial;  // file descriptors that QEMU inherits
    int monitor; // speaks QMP
    std::filesystem::path interrupt_log;
};

// The machine has a text screen, a keyboard, COM1 and the debug exit port 0xF4, but no network. It
// starts at the monitor's command "cont" and ends at a reset.
Command qemu_command(const Boot& boot, const MachineOptions& options, const QemuEnds& ends);

} // namespace bench
