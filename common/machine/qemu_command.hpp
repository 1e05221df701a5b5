// How a machine is wished to be, and the command line that makes QEMU be it.
#pragma once

#include "machine/boot.hpp"
#include "process/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct MachineOptions {
    std::string memory = "128M";          // "16M", "64G"
    std::string cpu{};                    // QEMU's names; empty: its default
    std::string type{};                   // "pc", "q35", …; empty: its default
    bool icount = false;                  // time is counted in instructions: runs repeat exactly
    bool interrupt_log = false;           // keep QEMU's log of interrupts and resets
    std::vector<std::string> arguments{}; // more for QEMU, at the end
    milliseconds key_pause{10};           // after each chord that is typed
    std::string program = "qemu-system-x86_64";
};

// QEMU's ends of its lines to us.
struct QemuEnds {
    int serial;  // descriptors that it inherits
    int monitor; // speaks QMP
    std::filesystem::path interrupt_log;
};

// The machine has a text screen, a keyboard, COM1 and the debug exit port 0xF4, but no network.
// It waits for the monitor's "cont", and a reset ends it.
Command qemu_command(const Boot& boot, const MachineOptions& options, const QemuEnds& ends);

} // namespace bench
