#include "process/process.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <string>

namespace {

TEST(Systems, PassTheirOwnTestsInPython) {
    const std::string folder = std::string{std::getenv("COMMON")} + "/systems/tests";
    const auto result = bench::run({"python3", "-B", "-m", "unittest", "discover", "-s", folder});
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_NE(result.output.find("\nRan "), std::string::npos) << result.output;
}

} // namespace
