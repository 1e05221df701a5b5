// The tests that have passed, and with which program and files: a test need not run again with the
// same ones, whether in the next post or in the next run of `make test`.
//
// A test's program is the object file that holds it and the objects without tests that it is linked
// with, as the file PROGRAM.objects lists them; without such a list, the whole program. Its files
// are those that it has asked for (post_under_test.hpp).
#pragma once

#include "rings/test_program.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace bench {

class KnownPasses {
public:
    // Reads what former runs have written to `record`, and will write to it. What was recorded
    // with other packages installed does not count.
    explicit KnownPasses(std::filesystem::path record);

    struct Pass {
        std::string post;   // where it has passed
        std::string output; // the lines that it has printed about tests inside kernels
        std::map<std::string, std::string> inputs; // what each file's content hashes to, by name
    };

    // A pass of this test with the same program and the same files.
    std::optional<Pass> find(const TestProgram& program, const Test& test);

    // Remembers that the test has passed. `inputs` names what it has asked for. If any of that, or
    // the program, has changed since this object was made, nothing is remembered: the test may have
    // seen another text.
    void add(const TestProgram& program, const Test& test, const std::vector<std::string>& inputs,
             const std::string& output);

    // Forgets all passes of this test, in the record too.
    void forget(const TestProgram& program, const Test& test);

private:
    std::string key(const TestProgram& program, const Test& test);
    std::string hash(const std::filesystem::path& input);
    bool has_changed(const std::filesystem::path& input) const;

    std::filesystem::path record_;
    std::chrono::nanoseconds start_{0}; // by the clock that stamps files
    std::mutex mutex_;                  // for all that follows
    std::map<std::string, std::vector<Pass>> passes_;
    std::map<std::string, std::string> objects_; // by program and source: what both hash to
    std::map<std::string, std::string> hashes_;  // by path
};

} // namespace bench
