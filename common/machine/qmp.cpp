#include "machine/qmp.hpp"

#include "process/deadline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

} // namespace

Qmp::Qmp(Channel channel) : channel_{std::move(channel)} {
    await("QMP", "greeting");
    execute("qmp_capabilities");
}

json Qmp::execute(const std::string& command) {
    return execute(command, json::object());
}

json Qmp::execute(const std::string& command, const json& arguments) {
    const json request{{"execute", command}, {"arguments", arguments}};
    channel_.write(request.dump() + "\n");
    return await("return", command);
}

std::string Qmp::human_monitor(const std::string& line) {
    return execute("human-monitor-command", {{"command-line", line}}).get<std::string>();
}

const std::string& Qmp::shutdown_reason() {
    for (json ignored; next_message(ignored, 0ms);) {
    }
    return shutdown_reason_;
}

json Qmp::await(const std::string& key, const std::string& command) {
    const auto start = Clock::now();
    json message;
    while (next_message(message, wall_clock_net)) {
        if (message.contains(key)) {
            return message[key];
        }
        if (message.contains("error")) {
            throw std::runtime_error{"QMP " + command + ": " +
                                     message["error"].value("desc", message.dump())};
        }
    }
    if (Clock::now() - start >= wall_clock_net) {
        throw NoVerdict{"no verdict: QEMU has not answered QMP " + command +
                        " within the wall-clock limit"};
    }
    throw std::runtime_error{"QMP " + command + ": QEMU has ended"};
}

// Returns false if none comes within `longest` by the wall clock, or if QEMU has ended.
bool Qmp::next_message(json& message, milliseconds longest) {
    const auto end_of_wait = Clock::now() + longest;
    std::size_t end = 0;
    while ((end = received_.find('\n')) == std::string::npos) {
        const auto left = std::chrono::ceil<milliseconds>(end_of_wait - Clock::now());
        const auto text = channel_.read(std::max(left, 0ms));
        if (!text || (text->empty() && left <= 0ms)) {
            return false;
        }
        received_ += *text;
    }
    message = json::parse(received_.substr(0, end));
    received_.erase(0, end + 1);
    if (message.value("event", "") == "SHUTDOWN") {
        shutdown_reason_ = message["data"].value("reason", "unknown");
    }
    return true;
}

} // namespace bench
