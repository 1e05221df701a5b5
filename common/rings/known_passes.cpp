#include "rings/known_passes.hpp"

#include "machine/file.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <string_view>

namespace bench {
namespace {

namespace fs = std::filesystem;

std::string hash_of(std::string_view text) {
    return std::to_string(text.size()) + "-" + std::to_string(std::hash<std::string_view>{}(text));
}

// Of a file, or of all files in a folder with their names, but for what is built and git's own.
// Empty if there is no such file.
std::string hash_of_files(const fs::path& path) {
    if (fs::is_regular_file(path)) {
        return hash_of(read_file(path));
    }
    std::vector<std::string> files;
    if (fs::is_directory(path)) {
        for (fs::recursive_directory_iterator file{path}, end; file != end; ++file) {
            const std::string name = file->path().filename();
            if (name == "build" || name == ".git" || name == "__pycache__") {
                file.disable_recursion_pending();
            } else if (file->is_regular_file()) {
                files.push_back(file->path().string() + " " + hash_of(read_file(file->path())));
            }
        }
    }
    std::sort(files.begin(), files.end());
    std::string all;
    for (const std::string& file : files) {
        all += file.substr(path.string().size()) + "\n";
    }
    return files.empty() ? "" : hash_of(all);
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

std::string KnownPasses::hash(const TestProgram& program, const std::string& input) {
    const fs::path folder = program.post() == "common" ? "." : program.post();
    const fs::path path = input == "." ? folder : folder / input;
    std::string& known = hashes_[path];
    if (known.empty()) {
        known = hash_of_files(path);
    }
    return known;
}

std::optional<KnownPasses::Pass> KnownPasses::find(const TestProgram& program, const Test& test) {
    const std::lock_guard locked{mutex_};
    const auto passes = passes_.find(key(program, test));
    if (passes == passes_.end()) {
        return std::nullopt;
    }
    for (const Pass& pass : passes->second) {
        if (std::ranges::all_of(pass.inputs, [&](const auto& input) {
                return hash(program, input.first) == input.second;
            })) {
            return pass;
        }
    }
    return std::nullopt;
}

void KnownPasses::add(const TestProgram& program, const Test& test,
                      const std::vector<std::string>& inputs, const std::string& output) {
    const std::lock_guard locked{mutex_};
    Pass pass{.post = program.post(), .output = output, .inputs = {}};
    std::string lines;
    for (const std::string& input : inputs) {
        const std::string now = hash(program, input);
        if (now.empty()) {
            return;
        }
        if (pass.inputs.emplace(input, now).second) {
            lines += "input " + now + " " + input + '\n';
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
