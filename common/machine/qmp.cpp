#include "machine/qmp.hpp"

#include "machine/deadline.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr milliseconds patience = 10s; // for one answer, on a host that is busy with other things

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

std::string Qmp::human(const std::string& line) {
    return execute("human-monitor-command", {{"command-line", line}}).get<std::string>();
}

const std::string& Qmp::shutdown_reason() {
    for (json ignored; next_message(ignored, 0ms);) {
    }
    return shutdown_reason_;
}

json Qmp::await(const std::string& key, const std::string& command) {
    const Deadline deadline{patience};
    json message;
    while (next_message(message, deadline.left())) {
        if (message.contains(key)) {
            return message[key];
        }
        if (message.contains("error")) {
            throw std::runtime_error{"QMP " + command + ": " +
                                     message["error"].value("desc", message.dump())};
        }
    }
    throw std::runtime_error{"QMP " + command + ": " +
                             (deadline.passed() ? "no answer in time" : "QEMU has ended")};
}

// False: none within `longest`, or QEMU has ended.
bool Qmp::next_message(json& message, milliseconds longest) {
    const Deadline deadline{longest};
    std::size_t end = 0;
    while ((end = received_.find('\n')) == std::string::npos) {
        const auto text = channel_.read(deadline.left());
        if (!text || (text->empty() && deadline.passed())) {
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
