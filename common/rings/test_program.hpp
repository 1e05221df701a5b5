// One of the GoogleTest programs that `make test` is made of, and the tests in it.
#pragma once

#include "process/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct Test {
    std::string name;   // "Suite.Name"
    std::string source; // the file that holds it, as the compiler was given it
};

struct TestProgram {
    std::string name; // "post-01-exceptions/unit"
    std::string path;

    // The folder of the post that it tests, or "common".
    std::string post() const { return name.substr(0, name.find('/')); }

    // Every test in it. Throws std::runtime_error if the program does not list them.
    std::vector<Test> list() const;

    // Runs these tests in one process: a crash ends them all. They write the names of the files
    // that they use to `inputs`, see post_under_test.hpp.
    Finished run(const std::vector<std::string>& tests, const std::filesystem::path& inputs) const;
};

} // namespace bench
