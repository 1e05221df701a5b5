// The machine's devices: is the CPU halted, the keyboard, the screen, the memory.
#include "machine/machine.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr milliseconds key_patience = 1s; // given time for the kernel to read one chord
constexpr milliseconds screen_step = 20ms;

json key_event(const std::string& name, bool down) {
    const json key{{"type", "qcode"}, {"data", name}};
    return {{"type", "key"}, {"data", {{"down", down}, {"key", key}}}};
}

} // namespace

bool Machine::idle() {
    return qmp_.human_monitor("info registers").find("HLT=1") != std::string::npos;
}

void Machine::press(const Chord& keys) {
    json events = json::array();
    for (const std::string& name : keys) {
        events.push_back(key_event(name, true));
    }
    for (auto name = keys.rbegin(); name != keys.rend(); ++name) {
        events.push_back(key_event(*name, false));
    }
    qmp_.execute("input-send-event", {{"events", events}});
    rest(options_.key_pause);
    wait_until_keys_are_fetched();
}

void Machine::hold(const std::string& key) {
    qmp_.execute("input-send-event", {{"events", json::array({key_event(key, true)})}});
}

void Machine::release(const std::string& key) {
    qmp_.execute("input-send-event", {{"events", json::array({key_event(key, false)})}});
}

void Machine::type(std::string_view text) {
    for (const Chord& keys : keys_for(text)) {
        press(keys);
    }
}

// QEMU's keyboard buffer holds 16 bytes, and a chord takes four or six; it drops what does not fit.
// Bit 0 of the controller's status is set while a byte waits. Reading the status changes nothing.
// [IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller"]
void Machine::wait_until_keys_are_fetched() {
    Deadline deadline{given_time_, key_patience};
    while (keys_are_fetched_ && !exit_code_) {
        const bool last_look = passed(deadline);
        const std::string status = qmp_.human_monitor("i/b 0x64"); // "portb[0x0064] = 0x1c"
        const std::size_t value = status.rfind("0x");
        if (value == std::string::npos) {
            throw std::runtime_error{"no keyboard controller: " + status};
        }
        if ((std::stoul(status.substr(value), nullptr, 16) & 1) == 0) {
            return;
        }
        keys_are_fetched_ = !last_look;
        rest(1ms);
    }
}

std::vector<std::byte> Machine::physical_memory(std::uint64_t address, std::size_t size) {
    const std::filesystem::path path = folder_.file("memory");
    qmp_.execute("pmemsave", {{"val", address}, {"size", size}, {"filename", path.string()}});
    std::ifstream file{path, std::ios::binary};
    std::vector<std::byte> memory(size);
    file.read(reinterpret_cast<char*>(memory.data()), static_cast<std::streamsize>(size));
    if (!file) {
        throw std::runtime_error{"QEMU saved less memory than it was asked for"};
    }
    return memory;
}

ScreenText Machine::screen() {
    return ScreenText{physical_memory(ScreenText::address, ScreenText::size)};
}

bool Machine::wait_for_screen(std::string_view text, milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    while (!exit_code_) {
        const bool last_look = passed(deadline);
        if (screen().text().find(text) != std::string::npos) {
            return true;
        }
        if (last_look) {
            break;
        }
        rest(screen_step);
    }
    return false;
}

void Machine::screenshot(const std::filesystem::path& png) {
    qmp_.execute("screendump",
                 {{"filename", std::filesystem::absolute(png).string()}, {"format", "png"}});
}

} // namespace bench
