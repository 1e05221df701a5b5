#include "rings/known_passes.hpp"

#include "machine/file.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <functional>
#include <sstream>
#include <string_view>
#include <sys/stat.h>
#include <system_error>

namespace bench {
namespace {

namespace fs = std::filesystem;

std::string hash_of(std::string_view text) {
    return std::to_string(text.size()) + "-" + std::to_string(std::hash<std::string_view>{}(text));
}

// The path, and if it is a folder all files and folders in it, but for what is built and git's own.
std::vector<fs::path> all_in(const fs::path& path) {
    std::vector<fs::path> all{path};
    std::error_code gone;
    fs::recursive_directory_iterator entry{path, gone};
    for (; !gone && entry != fs::recursive_directory_iterator{}; entry.increment(gone)) {
        const std::string name = entry->path().filename();
        if (name == "build" || name == ".git" || name == "__pycache__") {
            entry.disable_recursion_pending();
        } else {
            all.push_back(entry->path());
        }
    }
    return all;
}

// Of a file, or of all files in a folder with their names. Empty if there is no such file.
std::string hash_of_files(const fs::path& path) {
    std::vector<std::string> files;
    for (const fs::path& file : all_in(path)) {
        if (fs::is_regular_file(file)) {
            const std::string name = file.string().substr(path.string().size());
            files.push_back(name + " " + hash_of(read_file(file)) + "\n");
        }
    }
    std::sort(files.begin(), files.end());
    std::string all;
    for (const std::string& file : files) {
        all += file;
    }
    return files.empty() ? "" : hash_of(all);
}

std::chrono::nanoseconds duration(const timespec& time) {
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

// Linux stamps a changed file with this clock, which advances by ticks: a finer one would be ahead.
std::chrono::nanoseconds now() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return duration(time);
}

// Where a test's input lies.
fs::path path_of(const TestProgram& program, const std::string& input) {
    const fs::path folder = program.post() == "common" ? "." : program.post();
    return input == "." ? folder : folder / input;
}

// What the host's emulators, compilers and other tools are; empty if it is not known.
std::string tools() {
    const Finished packages =
        run({"sh", "-c", "{ dpkg-query -W || rpm -qa || pacman -Q; } 2> /dev/null && uname -r"});
    return packages.exit_code == 0 ? hash_of(packages.output) : "";
}

} // namespace

KnownPasses::KnownPasses(fs::path record) : record_{std::move(record)} {
    const std::string first_line = "with the tools " + tools();
    start_ = now();
    std::ifstream file{record_};
    std::string line;
    if (!std::getline(file, line) || line != first_line || line.ends_with(' ')) {
        std::ofstream{record_} << first_line << '\n';
        return;
    }
    Pass pass;
    while (std::getline(file, line)) {
        std::istringstream words{line};
        std::string kind, value;
        words >> kind >> value >> std::ws;
        std::string rest;
        std::getline(words, rest);
        if (kind == "input") {
            pass.inputs[rest] = value;
        } else if (kind == "says") {
            pass.output += rest + '\n';
        } else if (kind == "passed") { // the last line about a test: an interrupted run leaves none
            pass.post = value;
            passes_[rest].push_back(std::move(pass));
            pass = {};
        } else if (kind == "forgotten") {
            passes_.erase(rest);
        }
    }
}

// The ring, what the test's program is made of, and the test's name.
std::string KnownPasses::key(const TestProgram& program, const Test& test) {
    std::string& objects = objects_[program.path + " " + test.source];
    if (objects.empty()) {
        // The lines of sha256sum: a hash and a name, which is "….o" for "….cpp", or "….cpp.o".
        std::ifstream list{program.path + ".objects"};
        const std::string source = "/" + test.source.substr(0, test.source.rfind(".cpp"));
        bool own_is_listed = false;
        std::string hashes;
        for (std::string line; std::getline(list, line);) {
            const bool is_own = line.ends_with(source + ".o") || line.ends_with(source + ".cpp.o");
            const bool has_tests = line.ends_with("_test.o") || line.ends_with("_test.cpp.o");
            if (is_own || !has_tests) {
                hashes += line.substr(0, line.find(' '));
            }
            own_is_listed = own_is_listed || is_own;
        }
        objects = hash_of(own_is_listed ? hashes : read_file(program.path));
    }
    return program.name.substr(program.name.find('/') + 1) + " " + objects + " " + test.name;
}

std::string KnownPasses::hash(const fs::path& input) {
    std::string& known = hashes_[input];
    if (known.empty()) {
        known = hash_of_files(input);
    }
    return known;
}

// By st_ctim: no program can set it, as `cp -p` sets st_mtim. A folder changes when a file in it is
// added, renamed or removed.
bool KnownPasses::has_changed(const fs::path& input) const {
    return std::ranges::any_of(all_in(input), [this](const fs::path& path) {
        struct stat status {};
        return stat(path.c_str(), &status) != 0 || duration(status.st_ctim) >= start_;
    });
}

std::optional<KnownPasses::Pass> KnownPasses::find(const TestProgram& program, const Test& test) {
    const std::lock_guard locked{mutex_};
    const auto passes = passes_.find(key(program, test));
    if (passes == passes_.end()) {
        return std::nullopt;
    }
    for (const Pass& pass : passes->second) {
        if (std::ranges::all_of(pass.inputs, [&](const auto& input) {
                return hash(path_of(program, input.first)) == input.second;
            })) {
            return pass;
        }
    }
    return std::nullopt;
}

void KnownPasses::add(const TestProgram& program, const Test& test,
                      const std::vector<std::string>& inputs, const std::string& output) {
    const std::lock_guard locked{mutex_};
    if (has_changed(program.path)) {
        return;
    }
    Pass pass{.post = program.post(), .output = output, .inputs = {}};
    std::string lines;
    for (const std::string& input : inputs) {
        const fs::path path = path_of(program, input);
        const std::string text = hash(path);
        if (text.empty() || has_changed(path)) {
            return;
        }
        if (pass.inputs.emplace(input, text).second) {
            lines += "input " + text + " " + input + '\n';
        }
    }
    std::istringstream said{output};
    for (std::string line; std::getline(said, line);) {
        lines += "says - " + line + '\n';
    }
    const std::string name = key(program, test);
    std::ofstream{record_, std::ios::app} << lines << "passed " << program.post() << " " << name
                                          << '\n';
    passes_[name].push_back(std::move(pass));
}

void KnownPasses::forget(const TestProgram& program, const Test& test) {
    const std::lock_guard locked{mutex_};
    const std::string name = key(program, test);
    if (passes_.erase(name) != 0) {
        std::ofstream{record_, std::ios::app} << "forgotten - " << name << '\n';
    }
}

} // namespace bench
