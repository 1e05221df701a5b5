// What the type system forbids must really not compile, and for the reason that we think.
//
// A line in a post's tests/must_not_compile/*.cpp that ends in "// must not compile: REASON" is
// wrong. Without any such line the file compiles; with each of them alone it does not, and the
// compiler's message holds the reason.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace bench;

constexpr std::string_view mark = "// must not compile: ";

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::vector<std::string> lines;
    std::ifstream stream{file};
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

// Compiles the lines that carry no mark, and the marked one with the number `wrong`.
Finished compile(const std::vector<std::string>& lines, std::size_t wrong) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "checked.cpp";
    std::ofstream stream{file};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool marked = lines[i].find(mark) != std::string::npos;
        stream << (!marked || i == wrong ? lines[i] : "") << '\n';
    }
    stream.close();
    return run({"make", "-s", "--no-print-directory", "-C", post_folder(), "syntax",
                "FILE=" + file.string()});
}

std::vector<std::string> names_of_files() {
    std::vector<std::string> names;
    const auto folder = post_folder() / "tests/must_not_compile";
    if (std::filesystem::exists(folder)) {
        for (const auto& file : std::filesystem::directory_iterator{folder}) {
            names.push_back(file.path().stem());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

class MustNotCompile : public testing::TestWithParam<std::string> {};

TEST_P(MustNotCompile, ForTheReasonGiven) {
    const auto lines = lines_of(post_folder() / "tests/must_not_compile" / (GetParam() + ".cpp"));
    const Finished control = compile(lines, lines.size());
    ASSERT_EQ(control.exit_code, 0) << "even without its wrong lines:\n" << control.output;
    int wrong_lines = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t found = lines[i].find(mark);
        if (found == std::string::npos) {
            continue;
        }
        ++wrong_lines;
        const Finished finished = compile(lines, i);
        EXPECT_NE(finished.exit_code, 0) << "compiles: " << lines[i];
        EXPECT_NE(finished.output.find(lines[i].substr(found + mark.size())), std::string::npos)
            << lines[i] << "\nis refused for another reason:\n"
            << finished.output;
    }
    EXPECT_GT(wrong_lines, 0) << "nothing is wrong in this file";
}

INSTANTIATE_TEST_SUITE_P(Ring1, MustNotCompile, testing::ValuesIn(names_of_files()),
                         [](const auto& info) { return info.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(MustNotCompile);

} // namespace
