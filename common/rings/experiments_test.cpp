// Each experiment of a post still fits, and the broken kernel fails as it says.

#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/post_under_test.hpp"
#include "rings/promise.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

class Experiment : public testing::TestWithParam<std::string> {};

TEST_P(Experiment, FailsAsItSays) {
    const auto patch = post_file("experiments/" + GetParam() + ".patch");
    for (const char* input : {"Makefile", "boot", "kernel", "../common/scratch",
                              "../common/posts/posts.py", "../common/posts/post.sh"}) {
        post_file(input);
    }
    const Promise promise = read_promise(patch);
    const TemporaryFolder folder;
    const auto image = folder.path() / "kernel.iso";
    const Finished built =
        run({common_folder() / "scratch/experiment.py", post_folder_unnoted().filename(),
             GetParam(), "cp", build_name() + "/kernel.iso", image});
    ASSERT_NE(built.exit_code, 2) << built.output;
    if (promise.ends == "does not build") {
        EXPECT_NE(built.exit_code, 0) << built.output;
        EXPECT_TRUE(contains_match(built.output, promise.prints)) << built.output;
    } else {
        ASSERT_EQ(built.exit_code, 0) << built.output;
        Machine machine{Boot::iso(image)};
        EXPECT_EQ(broken(promise, machine), "");
    }
}

INSTANTIATE_TEST_SUITE_P(Ring4, Experiment,
                         testing::ValuesIn(names_in_post("experiments", ".patch")),
                         [](const auto& info) { return as_test_name(info.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Experiment);

} // namespace
