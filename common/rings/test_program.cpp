#include "rings/test_program.hpp"

#include <sstream>
#include <stdexcept>

namespace bench {

Surroundings TestProgram::surroundings() const {
    return {.environment = {"POST=" + name.substr(0, name.find('/'))}};
}

// GoogleTest lists a suite as "Suite." with its tests indented below it; behind either may stand
// "  # TypeParam() = …".
std::vector<std::string> TestProgram::list() const {
    const Finished finished = bench::run({path, "--gtest_list_tests"}, surroundings());
    if (finished.exit_code != 0) {
        throw std::runtime_error{path + " does not list its tests:\n" + finished.output};
    }
    std::vector<std::string> tests;
    std::string suite;
    std::istringstream lines{finished.output};
    for (std::string line; std::getline(lines, line);) {
        line = line.substr(0, line.find("  #"));
        if (line.starts_with("  ")) {
            tests.push_back(suite + line.substr(2));
        } else if (line.ends_with('.')) {
            suite = line;
        }
    }
    return tests;
}

Finished TestProgram::run(const std::vector<std::string>& tests) const {
    constexpr std::chrono::minutes longest{10}; // of given time: a few minutes of compiling pass
    // A wait inside a test has a net of its own, which says more: so this one is wider.
    constexpr milliseconds net = 3 * wall_clock_net;
    std::string filter = "--gtest_filter=";
    for (const std::string& test : tests) {
        filter += test + ":";
    }
    return bench::run({path, filter, "--gtest_brief=1", "--gtest_color=no"}, surroundings(),
                      longest, net);
}

} // namespace bench
