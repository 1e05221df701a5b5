// Ring 3: every kernel in a post's tests/kernel that tests itself must say that it has passed.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace bench;

// The names of the kernels' sources, as far as they lie in the folder itself.
std::vector<std::string> self_testing_kernels() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator{post_folder() / "tests/kernel"}) {
        if (file.path().extension() == ".cpp") {
            names.push_back(file.path().stem());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Kernel : public testing::TestWithParam<std::string> {};

TEST_P(Kernel, PassesItsOwnTests) {
    Machine machine{Boot::iso(post_image("tests/kernel/" + GetParam()))};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
    std::cout << machine.serial();
}

INSTANTIATE_TEST_SUITE_P(Ring3, Kernel, testing::ValuesIn(self_testing_kernels()),
                         [](const auto& info) { return info.param; });

} // namespace
