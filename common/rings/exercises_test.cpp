// The test of each exercise fails on the post's kernel, and passes with the model solution.

#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

class Exercise : public testing::TestWithParam<std::string> {
protected:
    static Finished judge(const Command& options) {
        Command command{common_folder() / "scratch/exercise.py", post_folder_unnoted().filename(),
                        GetParam()};
        command.insert(command.end(), options.begin(), options.end());
        return run(command); // JUDGE is set in our environment
    }
};

TEST_P(Exercise, IsNotSolvedByThePostAndIsSolvedByItsSolution) {
    const std::string folder = "exercises/" + GetParam();
    for (const std::string& input :
         {folder, std::string{"Makefile"}, std::string{"boot"}, std::string{"kernel"},
          std::string{"tests/tests.mk"}, std::string{"tests/unit"},
          std::string{"tests/kernel/support"}, std::string{"../common/scratch"},
          std::string{"../common/posts/posts.py"}, std::string{"../common/posts/post.sh"},
          std::string{"../common/rings/judge.cpp"}}) {
        post_file(input);
    }
    const Finished before = judge({});
    EXPECT_EQ(before.exit_code, 1) << before.output;
    EXPECT_TRUE(before.output.ends_with(": not solved yet.\n")) << before.output;
    const Finished after = judge({"--solution"});
    EXPECT_EQ(after.exit_code, 0) << after.output;
}

INSTANTIATE_TEST_SUITE_P(Ring4, Exercise, testing::ValuesIn(names_in_post("exercises", "")),
                         [](const auto& info) { return as_test_name(info.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Exercise);

} // namespace
