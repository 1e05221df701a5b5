// Ring 3: every kernel in a post's tests/kernel tests itself and must report that it has passed.

#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>

namespace {

using namespace bench;

class Kernel : public testing::TestWithParam<std::string> {};

TEST_P(Kernel, PassesItsOwnTests) {
    Machine machine{Boot::iso(post_image("tests/kernel/" + GetParam()))};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
    std::cout << machine.serial();
}

INSTANTIATE_TEST_SUITE_P(Ring3, Kernel, testing::ValuesIn(names_in_post("tests/kernel")),
                         [](const auto& info) { return info.param; });

} // namespace
