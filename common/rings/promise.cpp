#include "rings/promise.hpp"

#include "machine/patterns.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace bench {
namespace {

using namespace std::chrono_literals;

// All of these count given time.
constexpr milliseconds patience = 30s; // for what must be printed
constexpr milliseconds silence = 1s;   // a kernel that prints nothing for this long stands still
constexpr milliseconds step = 50ms;

constexpr std::array<std::string_view, 6> endings{"passes", "resets", "panics",
                                                  "halts",  "loops",  "goes on"};
constexpr std::string_view no_build = "does not build";

std::string said(const Promise& promise, Machine& machine) {
    return "\nwhich should match: " + promise.prints + "\n" + machine.log_tail();
}

// Waits until the kernel has printed what it must. False if it ends without.
bool prints(const Promise& promise, Machine& machine) {
    const milliseconds start = machine.given_time();
    while (!contains_match(machine.serial(), promise.prints)) {
        if (machine.given_time() - start > patience ||
            !(machine.wait_for_end(step) == End::timed_out)) {
            return contains_match(machine.serial(), promise.prints);
        }
    }
    return true;
}

// Waits until nothing more is printed. False if the printing does not stop or the machine ends.
bool falls_silent(Machine& machine) {
    const milliseconds start = machine.given_time();
    milliseconds last = start;
    std::size_t size = machine.serial().size();
    for (;;) {
        const milliseconds now = machine.given_time(); // before the look, as for a Deadline
        if (!(machine.wait_for_end(step) == End::timed_out)) {
            return false;
        }
        if (machine.serial().size() == size) {
            if (now - last >= silence) {
                return true;
            }
        } else if (now - start > patience) {
            return false;
        } else {
            size = machine.serial().size();
            last = machine.given_time();
        }
    }
}

// Whether most looks find the CPU halted. At any of them it may be in the handler of a tick.
bool rests(Machine& machine) {
    const milliseconds start = machine.given_time();
    int halted = 0;
    int busy = 0;
    do {
        machine.wait_for_end(step);
        ++(machine.idle() ? halted : busy);
    } while (machine.given_time() - start < silence);
    return halted > busy;
}

// Why the promise of a kernel that halts or loops is broken; empty if it is kept.
std::string not_standing_still(const Promise& promise, Machine& machine) {
    if (!prints(promise, machine)) {
        return "it prints something else," + said(promise, machine);
    }
    if (!falls_silent(machine)) {
        return "it does not stand still:\n" + machine.log_tail();
    }
    if (!contains_match(machine.serial(), promise.prints)) {
        return "it prints more," + said(promise, machine);
    }
    if (rests(machine)) {
        return promise.ends == "halts" ? "" : "the CPU is halted, not busy";
    }
    return promise.ends == "loops" ? "" : "the CPU is busy, not halted";
}

} // namespace

Promise read_promise(const std::filesystem::path& file) {
    std::ifstream stream{file};
    Promise promise;
    for (std::string line; std::getline(stream, line);) {
        line.erase(0, line.starts_with("// ") ? 3 : 0);
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos || line.find(' ') < colon) {
            break;
        }
        const std::string name = line.substr(0, colon);
        const std::string value = line.substr(colon + 2);
        if (name == "Ends") {
            promise.ends = value;
        } else if (name == "Prints") {
            promise.prints = value;
        } else if (name == "Type") {
            promise.type = value;
        } else if (name != "Breaks" && name != "Shows") {
            throw std::runtime_error{file.string() + ": \"" + name + "\" promises nothing"};
        }
    }
    if (std::ranges::find(endings, promise.ends) == endings.end() && promise.ends != no_build) {
        throw std::runtime_error{file.string() + ": no machine \"" + promise.ends + "\""};
    }
    return promise;
}

std::string broken(const Promise& promise, Machine& machine) {
    if (!promise.type.empty()) {
        if (!machine.wait_for("> ")) {
            return "it does not ask for input:\n" + machine.log_tail();
        }
        machine.type(promise.type);
    }
    if (promise.ends == "halts" || promise.ends == "loops") {
        return not_standing_still(promise, machine);
    }
    if (promise.ends == "goes on") {
        return prints(promise, machine) ? "" : "it prints something else," + said(promise, machine);
    }
    const End wanted = promise.ends == "passes"   ? End::passed
                       : promise.ends == "resets" ? End::reset
                                                  : End::panicked;
    const Ending ending = machine.wait_for_end(patience);
    std::ostringstream difference;
    if (!(ending == wanted)) {
        difference << "it " << ending;
    } else if (!contains_match(machine.serial(), promise.prints)) {
        difference << "it prints something else," << said(promise, machine);
    }
    return difference.str();
}

} // namespace bench
