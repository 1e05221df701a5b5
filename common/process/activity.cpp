#include "process/activity.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace bench {
namespace {

namespace fs = std::filesystem;

struct Stat {
    char state = 'X';
    pid_t parent = 0;
    milliseconds cpu_time{0}; // including the children that it has waited for
};

// A program may end at any moment: then there is nothing to read.
std::optional<Stat> read_stat(const fs::path& folder) {
    std::ifstream file{folder / "stat"};
    std::string text;
    std::getline(file, text, '\0');               // all of it: the name may contain a newline
    const std::size_t name_end = text.rfind(')'); // or another parenthesis
    if (name_end == std::string::npos) {
        return std::nullopt;
    }
    std::istringstream fields{text.substr(name_end + 1)};
    Stat stat;
    fields >> stat.state >> stat.parent;
    std::string ignored;
    for (int field = 5; field < 14; ++field) {
        fields >> ignored;
    }
    long ticks = 0;
    for (int field = 14; field <= 17; ++field) { // utime, stime, cutime, cstime
        long more = 0;
        fields >> more;
        ticks += more;
    }
    static const long ticks_per_second = sysconf(_SC_CLK_TCK);
    stat.cpu_time = milliseconds{ticks * 1000 / ticks_per_second};
    return stat;
}

// S and I: waits for an event. Z and X: has ended.
bool asleep(char state) {
    return std::string_view{"SIZX"}.find(state) != std::string_view::npos;
}

bool all_threads_asleep(const fs::path& program) {
    std::error_code gone;
    fs::directory_iterator threads{program / "task", gone};
    for (; !gone && threads != fs::directory_iterator{}; threads.increment(gone)) {
        const auto stat = read_stat(threads->path());
        if (stat && !asleep(stat->state)) {
            return false;
        }
    }
    return !gone;
}

fs::path folder_of(pid_t program) {
    return fs::path{"/proc"} / std::to_string(program);
}

// Every program of the host.
std::map<pid_t, Stat> read_all() {
    std::map<pid_t, Stat> all;
    std::error_code gone;
    fs::directory_iterator entries{"/proc", gone};
    for (; !gone && entries != fs::directory_iterator{}; entries.increment(gone)) {
        const std::string name = entries->path().filename();
        pid_t program = 0;
        const auto number = std::from_chars(name.data(), name.data() + name.size(), program);
        if (number.ptr != name.data() + name.size()) {
            continue;
        }
        if (const auto stat = read_stat(entries->path())) {
            all.emplace(program, *stat);
        }
    }
    return all;
}

std::vector<pid_t> family_of(pid_t program, const std::map<pid_t, Stat>& all) {
    std::vector<pid_t> family{program};
    for (std::size_t i = 0; i < family.size(); ++i) {
        for (const auto& [id, stat] : all) {
            if (stat.parent == family[i]) {
                family.push_back(id);
            }
        }
    }
    return family;
}

} // namespace

Activity activity_of(pid_t program) {
    const auto stat = read_stat(folder_of(program));
    return stat ? Activity{stat->cpu_time, all_threads_asleep(folder_of(program))} : Activity{};
}

Activity activity_of_family(pid_t program) {
    const std::map<pid_t, Stat> all = read_all();
    Activity sum{.asleep = all.contains(program)};
    for (const pid_t member : family_of(program, all)) {
        if (const auto found = all.find(member); found != all.end()) {
            sum.cpu_time += found->second.cpu_time;
            sum.asleep = sum.asleep && all_threads_asleep(folder_of(member));
        }
    }
    return sum;
}

} // namespace bench
