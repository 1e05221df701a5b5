// The tests of what is written in Python: each file common/*/tests/test_*.py is one test here.

#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files() {
    std::vector<fs::path> found;
    for (const auto& part : fs::directory_iterator{bench::common_folder()}) {
        if (fs::is_directory(part.path() / "tests")) {
            for (const auto& file : fs::directory_iterator{part.path() / "tests"}) {
                if (file.path().filename().string().starts_with("test_") &&
                    file.path().extension() == ".py") {
                    found.push_back(file.path());
                }
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

class Python : public testing::TestWithParam<fs::path> {};

TEST_P(Python, TestsPass) {
    const auto result = bench::run({"python3", "-B", GetParam()});
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_NE(result.output.find("\nRan "), std::string::npos) << result.output;
}

INSTANTIATE_TEST_SUITE_P(Files, Python, testing::ValuesIn(files()),
                         [](const auto& file) { return file.param.stem().string(); });

} // namespace
