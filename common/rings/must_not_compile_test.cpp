// What the type system forbids must not compile, and must be refused for the expected reason.
//
// A line in a post's tests/must_not_compile/*.cpp that ends in "// must not compile: REASON" is
// wrong. Without these lines the file must compile. With any one of them it must not, and the
// compiler's message about the line must contain the reason. First all of them are compiled
// together; a line without a message, or with another reason, is then compiled alone.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
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

// Notes the headers that the compiler has read, from the rule that it has written for make.
void note_inputs(const std::filesystem::path& rule) {
    post_file("Makefile");
    post_file("tests/tests.mk");
    std::ifstream words{rule};
    for (std::string word; words >> word;) {
        if (word.starts_with("kernel/") || word.starts_with("tests/")) {
            post_file(word);
        }
    }
}

// Compiles the lines that carry no mark, and those of the others that are to be compiled.
Finished compile(const std::vector<std::string>& lines,
                 const std::function<bool(std::size_t)>& is_compiled) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "checked.cpp";
    std::ofstream stream{file};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool marked = lines[i].find(mark) != std::string::npos;
        stream << (!marked || is_compiled(i) ? lines[i] : "") << '\n';
    }
    stream.close();
    Finished finished = run({"make", "-s", "--no-print-directory", "-C", post_folder_unnoted(),
                             "syntax", "FILE=" + file.string()});
    note_inputs(file.string() + ".d");
    return finished;
}

// The part of the compiler's messages that is about a line: from each place where that line is
// named to where another one is.
std::string said_about(std::size_t line, const std::string& messages) {
    constexpr std::string_view file = "checked.cpp:";
    std::string about;
    std::size_t current = 0;
    std::istringstream stream{messages};
    for (std::string message; std::getline(stream, message);) {
        if (const std::size_t at = message.find(file); at != std::string::npos) {
            std::from_chars(message.data() + at + file.size(), message.data() + message.size(),
                            current);
        }
        about += current == line ? message + '\n' : "";
    }
    return about;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class MustNotCompile : public testing::TestWithParam<std::string> {};

TEST_P(MustNotCompile, ForTheReasonGiven) {
    const auto lines = lines_of(post_file("tests/must_not_compile/" + GetParam() + ".cpp"));
    const Finished control = compile(lines, [](std::size_t) { return false; });
    ASSERT_EQ(control.exit_code, 0) << "even without its wrong lines:\n" << control.output;
    const Finished together = compile(lines, [](std::size_t) { return true; });
    int wrong_lines = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t found = lines[i].find(mark);
        if (found == std::string::npos) {
            continue;
        }
        ++wrong_lines;
        const std::string reason = lines[i].substr(found + mark.size());
        const std::string about = said_about(i + 1, together.output);
        if (contains(about, " error: ") && contains(about, reason)) {
            continue;
        }
        const Finished alone = compile(lines, [i](std::size_t line) { return line == i; });
        EXPECT_NE(alone.exit_code, 0) << "compiles: " << lines[i];
        EXPECT_TRUE(contains(alone.output, reason))
            << lines[i] << "\nis refused for another reason:\n"
            << alone.output;
    }
    EXPECT_GT(wrong_lines, 0) << "nothing is wrong in this file";
}

INSTANTIATE_TEST_SUITE_P(Ring1, MustNotCompile,
                         testing::ValuesIn(names_in_post("tests/must_not_compile")),
                         [](const auto& info) { return info.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(MustNotCompile);

} // namespace
