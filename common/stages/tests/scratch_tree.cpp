#include "stages/tests/scratch_tree.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

constexpr std::string_view posts[] = {ScratchTree::first, ScratchTree::second, ScratchTree::third};

} // namespace

ScratchTree::ScratchTree() {
    // What a reader's folder may be called: scripts that forget their quotes fail in it.
    std::string name = fs::temp_directory_path() / "-a tree's \"name\" ($1) & so; on-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error{"no temporary folder"};
    }
    folder_ = name;
    write_everywhere("Makefile", "all:\n");
    write_everywhere("README.md", "");
    std::ofstream{folder_ / ".gitignore"} << "build/\n";
    git({"init", "--quiet"});
    git({"config", "user.name", "Somebody"});
    git({"config", "user.email", "somebody@example.org"});
    commit();
}

ScratchTree::~ScratchTree() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void ScratchTree::write(std::string_view post, const std::string& path, std::string_view text) {
    fs::create_directories(file(post, path).parent_path());
    std::ofstream{file(post, path)} << text;
}

void ScratchTree::write_everywhere(const std::string& path, std::string_view text) {
    for (const std::string_view post : posts) {
        write(post, path, text);
    }
}

void ScratchTree::remove(std::string_view post, const std::string& path) {
    fs::remove(file(post, path));
}

void ScratchTree::make_executable(std::string_view post, const std::string& path) {
    fs::permissions(file(post, path), fs::perms::owner_exec, fs::perm_options::add);
}

bool ScratchTree::has(std::string_view post, const std::string& path) const {
    return fs::exists(file(post, path));
}

bool ScratchTree::is_executable(std::string_view post, const std::string& path) const {
    return (fs::status(file(post, path)).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

std::string ScratchTree::read(std::string_view post, const std::string& path) const {
    std::ifstream in{file(post, path)};
    return {std::istreambuf_iterator<char>{in}, {}};
}

fs::path ScratchTree::file(std::string_view post, const std::string& path) const {
    return folder_ / post / path;
}

std::string ScratchTree::status() const {
    return git({"status", "--porcelain", "--untracked-files=all"}).output + git({"diff"}).output;
}

bench::Finished ScratchTree::git(bench::Command arguments) const {
    bench::Command command{"env", "-u", "GIT_DIR", "-u", "GIT_WORK_TREE", "-u", "GIT_INDEX_FILE"};
    command.push_back("git");
    command.insert(command.end(), arguments.begin(), arguments.end());
    bench::Surroundings where = surroundings();
    where.directory = folder_;
    return bench::run(command, where);
}

void ScratchTree::commit() const {
    git({"add", "--all"});
    const auto result = git({"commit", "--quiet", "--message", "a state"});
    if (result.exit_code != 0) {
        throw std::runtime_error{result.output};
    }
}

bench::Finished ScratchTree::run(const std::string& script, bench::Command arguments,
                                 bool terminal) const {
    const char* common = std::getenv("COMMON");
    if (common == nullptr) {
        throw std::runtime_error{"COMMON must name the folder common/"};
    }
    bench::Command command{"env", "-u", "GIT_DIR", "-u", "GIT_WORK_TREE", "-u", "GIT_INDEX_FILE"};
    command.push_back(std::string{common} + "/stages/" + script);
    command.insert(command.end(), arguments.begin(), arguments.end());
    bench::Surroundings where = surroundings();
    where.directory = "/";
    where.terminal = terminal;
    return bench::run(command, where);
}

// Git without the settings of whoever runs the tests.
bench::Surroundings ScratchTree::surroundings() const {
    return {.environment = {"TREE=" + folder_.string(), "GIT_CONFIG_GLOBAL=/dev/null",
                            "GIT_CONFIG_NOSYSTEM=1", "GIT_PAGER=sed s/^/paged:/", "TERM=xterm",
                            "LC_ALL=C"}};
}
