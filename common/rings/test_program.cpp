#include "rings/test_program.hpp"

#include "machine/temporary_folder.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {

std::vector<Test> TestProgram::list() const {
    const TemporaryFolder folder;
    const std::string answer = folder.file("tests.json");
    const Finished finished =
        bench::run({path, "--gtest_list_tests", "--gtest_output=json:" + answer},
                   {.environment = {"POST=" + post()}});
    if (finished.exit_code != 0) {
        throw std::runtime_error{path + " does not list its tests:\n" + finished.output};
    }
    std::vector<Test> tests;
    std::ifstream file{answer};
    const auto answered = nlohmann::json::parse(file);
    for (const auto& suite : answered["testsuites"]) {
        for (const auto& test : suite["testsuite"]) {
            tests.push_back(
                {suite["name"].get<std::string>() + "." + test["name"].get<std::string>(),
                 test["file"].get<std::string>()});
        }
    }
    return tests;
}

Finished TestProgram::run(const std::vector<std::string>& tests,
                          const std::filesystem::path& inputs) const {
    constexpr std::chrono::minutes longest{10}; // of given time: a few minutes of compiling pass
    // A wait inside a test has a net of its own, which says more: so this one is wider.
    constexpr milliseconds net = 3 * wall_clock_net;
    std::string filter = "--gtest_filter=";
    for (const std::string& test : tests) {
        filter += test + ":";
    }
    return bench::run({path, filter, "--gtest_brief=1", "--gtest_color=no"},
                      {.environment = {"POST=" + post(), "TEST_INPUTS=" + inputs.string()}},
                      longest, net);
}

} // namespace bench
