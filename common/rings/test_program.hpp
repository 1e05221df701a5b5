// One of the GoogleTest programs that `make test` is made of, and the tests in it.
#pragma once

#include "process/process.hpp"

#include <string>
#include <vector>

namespace bench {

struct TestProgram {
    std::string name; // "post-01-exceptions/unit"
    std::string path;

    // Every test in it as "Suite.Name". Throws std::runtime_error if the program does not answer.
    std::vector<std::string> list() const;

    // Runs these tests in one process. What kills one of them ends them all.
    Finished run(const std::vector<std::string>& tests) const;

private:
    // What the program is told about the post that its name begins with.
    Surroundings surroundings() const;
};

} // namespace bench
