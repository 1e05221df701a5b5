// A git repository made for one test, with a few posts in it, on which the real scripts work.
#pragma once

#include "process/process.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

class ScratchTree {
public:
    // Three posts, each with a Makefile and an empty README.md, committed.
    ScratchTree();
    ~ScratchTree();
    ScratchTree(const ScratchTree&) = delete;
    ScratchTree& operator=(const ScratchTree&) = delete;

    static constexpr std::string_view first = "post-01-exceptions";
    static constexpr std::string_view second = "post-02-double-faults";
    static constexpr std::string_view third = "post-03-hardware-interrupts";

    void write(std::string_view post, const std::string& path, std::string_view text);
    void write_everywhere(const std::string& path, std::string_view text);
    void remove(std::string_view post, const std::string& path);
    void make_executable(std::string_view post, const std::string& path);

    bool has(std::string_view post, const std::string& path) const;
    bool is_executable(std::string_view post, const std::string& path) const;
    std::string read(std::string_view post, const std::string& path) const;

    std::filesystem::path file(std::string_view post, const std::string& path) const;
    const std::filesystem::path& folder() const { return folder_; }

    // What `git status` says: two runs that leave the same here changed nothing in between.
    std::string status() const;

    bench::Finished git(bench::Command arguments) const;
    void commit() const;

    // Runs common/stages/`script` on this tree, from another folder.
    bench::Finished run(const std::string& script, bench::Command arguments,
                        bool terminal = false) const;

private:
    bench::Surroundings surroundings() const;

    std::filesystem::path folder_;
};
