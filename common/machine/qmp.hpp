// QEMU's machine protocol: one JSON object per line. The client sends commands, QEMU answers each
// one, and sends events in between. [QEMU documentation, "QEMU Machine Protocol Specification"]
#pragma once

#include "machine/channel.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace bench {

class Qmp {
public:
    Qmp() = default; // connected to nobody

    // Takes QEMU's greeting and enters command mode; only from then on are events sent.
    // Throws std::runtime_error like `execute`.
    explicit Qmp(Channel channel);

    // QEMU's answer ("return"). Throws std::runtime_error with QEMU's own words if it refuses,
    // and if it has ended; NoVerdict if the wall-clock net ends the wait for the answer.
    nlohmann::json execute(const std::string& command, const nlohmann::json& arguments);
    nlohmann::json execute(const std::string& command);

    // What the monitor that people type into prints for the line. Throws like `execute`.
    std::string human(const std::string& line);

    // Why the machine has shut down ("guest-reset", "guest-shutdown", …), empty if QEMU has not
    // said so. For a QEMU that has ended: reads what it has left behind.
    const std::string& shutdown_reason();

private:
    nlohmann::json await(const std::string& key, const std::string& command);
    bool next_message(nlohmann::json& message, milliseconds longest);

    Channel channel_;
    std::string received_; // not yet a whole line
    std::string shutdown_reason_;
};

} // namespace bench
