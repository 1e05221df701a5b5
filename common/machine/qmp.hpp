// QEMU's machine protocol: one JSON object per line. The client sends commands, and QEMU sends one
// answer for each, with events in between. [QEMU documentation, "QEMU Machine Protocol
// Specification"]
#pragma once

#include "machine/channel.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace bench {

class Qmp {
public:
    Qmp() = default; // not connected

    // Reads QEMU's greeting and enters command mode. QEMU sends events only after that. Throws like
    // execute().
    explicit Qmp(Channel channel);

    // Returns QEMU's answer ("return"). Throws a std::runtime_error with QEMU's own message if QEMU
    // refuses or has ended, and NoVerdict if the wall-clock limit ends the wait for the answer.
    nlohmann::json execute(const std::string& command, const nlohmann::json& arguments);
    nlohmann::json execute(const std::string& command);

    // Runs a command of QEMU's human monitor (HMP) and returns its output. Throws like execute().
    std::string human_monitor(const std::string& line);

    // Returns why the machine has shut down ("guest-reset", "guest-shutdown", …), or an empty
    // string if QEMU has not sent a reason. Call it after QEMU has ended: it reads the remaining
    // events.
    const std::string& shutdown_reason();

private:
    nlohmann::json await(const std::string& key, const std::string& command);
    bool next_message(nlohmann::json& message, milliseconds longest);

    Channel channel_;
    std::string received_; // the beginning of a line
    std::string shutdown_reason_;
};

} // namespace bench
